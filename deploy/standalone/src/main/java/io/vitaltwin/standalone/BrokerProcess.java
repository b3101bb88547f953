package io.vitaltwin.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded broker in a child process, which can be killed. The child ends by itself when its parent is gone, however the parent
 * went: the pipe to its standard input closes then.
 */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final String READY = "ready ";
    private static final String FAILED = "failed ";

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker with the Java and the classpath of this process and waits until it serves. What it logs goes to the standard error of
     * this process.
     *
     * @throws BrokerException if it cannot start
     */
    public static BrokerProcess start(BrokerSettings settings) {
        try {
            Process process = new ProcessBuilder(command(settings)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            return new BrokerProcess(process, awaitReady(process));
        } catch (IOException e) {
            throw new BrokerException("no Java process can be started for the broker in " + settings.folder(), e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public int port() {
        return Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the broker as {@code kill -9} does, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Stops the broker cleanly; kills it when that takes too long. A second call does nothing. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            kill();
            throw new BrokerException("the broker process could not be told to stop and was killed", e);
        }
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new BrokerException("the broker process did not stop within " + STOP.toSeconds() + " s and was killed");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while the broker process stops; it was killed", e);
        }
    }

    private static List<String> command(BrokerSettings settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                BrokerProcess.class.getName(), settings.folder().toString(), String.valueOf(settings.port())));
        settings.kafka().forEach((key, value) -> command.add(key + "=" + value));
        return command;
    }

    private static String awaitReady(Process process) {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> firstLine(process));
        try {
            String line = first.get(START.toMillis(), TimeUnit.MILLISECONDS);
            if (line.startsWith(READY)) {
                return line.substring(READY.length());
            }
            throw new BrokerException(line.startsWith(FAILED) ? line.substring(FAILED.length()) : "the broker process ended while starting");
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new BrokerException("the broker process does not serve after " + START.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            process.destroyForcibly();
            throw new BrokerException("the broker process cannot be read", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while the broker process starts", e);
        }
    }

    private static String firstLine(Process process) {
        try {
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new BrokerException("the broker process cannot be read", e);
        }
    }

    /**
     * The child: prints {@code ready HOST:PORT} or {@code failed REASON}, serves until its standard input ends, then stops cleanly.
     *
     * @param args folder, port, then Kafka settings as {@code key=value}
     */
    public static void main(String[] args) throws IOException {
        BrokerSettings settings = BrokerSettings.in(Path.of(args[0])).onPort(Integer.parseInt(args[1]));
        for (String pair : List.of(args).subList(2, args.length)) {
            Map.Entry<String, String> setting = split(pair);
            settings = settings.with(setting.getKey(), setting.getValue());
        }
        EmbeddedBroker broker;
        try {
            broker = EmbeddedBroker.start(settings);
        } catch (BrokerException e) {
            System.out.println(FAILED + e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        System.out.println(READY + broker.bootstrapServers());
        while (System.in.read() >= 0) {
            // the parent says nothing; it only ends
            continue;
        }
        System.exit(broker.failure().isPresent() ? 1 : 0);
    }

    private static Map.Entry<String, String> split(String pair) {
        int at = pair.indexOf('=');
        return Map.entry(pair.substring(0, at), pair.substring(at + 1));
    }
}
