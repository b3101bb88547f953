package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.cli.Vitaltwin;
import io.vitaltwin.testbench.kafka.Folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The twin as a program of its own, with the Java and the classes of this one. It is killed without being asked, again and again. */
final class TwinProcess implements AutoCloseable {

    private static final String APPLICATION = "proof-twin";
    private static final long GONE_WITHIN_SECONDS = 30;
    /**
     * Two hours pass in a minute, so a record is only taken when the next of every topic is there; in earnest the twin waits for nobody. Who is killed is
     * missed after two seconds, and its transaction given up after five.
     */
    private static final Map<String, String> SETTINGS = Map.of("twin.application-id", APPLICATION, "twin.tick-interval", "PT0S",
            "kafka.max.task.idle.ms", "3600000", "kafka.main.consumer.session.timeout.ms", "2000", "kafka.main.consumer.heartbeat.interval.ms", "500",
            "kafka.producer.transaction.timeout.ms", "5000");

    private final String bootstrapServers;
    private final Topics topics;
    private final Path folder;
    private Process process;

    private TwinProcess(String bootstrapServers, Topics topics, Path folder) throws IOException {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.folder = folder;
        process = launch();
    }

    /** @param folder for its state, its settings and what it says */
    static TwinProcess start(String bootstrapServers, Topics topics, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("twin.properties"), SETTINGS.entrySet().stream().map(setting -> setting.getKey() + "=" + setting.getValue()).toList());
        return new TwinProcess(bootstrapServers, topics, folder);
    }

    /** Its consumer group. */
    static String application() {
        return APPLICATION;
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Vitaltwin.class.getName(), "run", "twin"));
        command.addAll(List.of("--bootstrap-server", bootstrapServers, "--prefix", topics.prefix(), "--state-dir", folder.resolve("state").toString(),
                "--config", folder.resolve("twin.properties").toString()));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("twin.log").toFile())).start();
    }

    /** SIGKILL: nothing is flushed, closed or committed. Another life begins at once. @param losing its state, too */
    void killAndStart(boolean losing) throws IOException, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(GONE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the twin does not die");
        }
        if (losing && Files.exists(folder.resolve("state"))) {
            Folders.delete(folder.resolve("state"));
        }
        process = launch();
    }

    /** @throws IllegalStateException if it ended by itself; with what it said last */
    void assertAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the twin ended by itself: " + lastWords());
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("twin.log"));
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "nothing that can be read (" + e + ")";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
