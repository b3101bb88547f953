package io.vitaltwin.testbench.apicurio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.awaitility.Awaitility.await;

/** A real Apicurio Registry in a process of its own, on a port of its own choice, with nothing kept. Stopped by its process. */
final class ApicurioServer implements AutoCloseable {

    private static final Path HOME = Path.of("target/apicurio-registry");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)\\.");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final URI uri;

    ApicurioServer() {
        this.log = Path.of("target", "apicurio-registry.log").toAbsolutePath();
        this.process = start();
        try {
            await("Apicurio Registry answers; its output is in " + log).atMost(STARTS_WITHIN)
                    .failFast("Apicurio Registry ended early; its output is in " + log, () -> !process.isAlive())
                    .until(() -> LISTENING.matcher(Files.readString(log)).find());
            this.uri = listening();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The Confluent REST API. */
    URI confluentApi() {
        return uri.resolve("/apis/ccompat/v7");
    }

    /** Apicurio's own API, for its own serde. */
    URI ownApi() {
        return uri.resolve("/apis/registry/v3");
    }

    private Process start() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            return new ProcessBuilder(java, "-Xmx256m", "-XX:+UseSerialGC", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0",
                    "-Dquarkus.management.host=127.0.0.1", "-Dquarkus.management.port=0", "-jar", "quarkus-run.jar")
                    .directory(HOME.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(HOME + " cannot be started; the build unpacks it in phase process-test-resources", e);
        }
    }

    private URI listening() {
        try {
            Matcher matcher = LISTENING.matcher(Files.readString(log));
            if (!matcher.find()) {
                throw new IllegalStateException("no address in " + log);
            }
            return URI.create(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly()).join();
    }
}
