package io.vitaltwin.alerts.channel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vitaltwin.alerts.message.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a library would like to tell of a message, it does not. */
class LogsTest {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level level = root.getLevel();

    @BeforeEach
    void listen() {
        log.start();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
    }

    @AfterEach
    void restore() {
        root.detachAppender(log);
        root.setLevel(level);
    }

    @ParameterizedTest
    @CsvSource({"email, security=plain;from=alerts@example.org", "hl7, tls=false"})
    void shouldLogNothingOfAMessageAtAnyLevel(String name, String settings) {
        // Given
        Map<String, String> map = new HashMap<>(Map.of("host", "127.0.0.1", "timeout", "300ms"));
        for (String setting : settings.split(";")) {
            map.put(setting.split("=")[0], setting.split("=")[1]);
        }
        // When
        try (Receiver receiver = new Receiver(socket -> socket.getOutputStream().write("220 here\r\n".getBytes(StandardCharsets.UTF_8)))) {
            map.put("port", Integer.toString(receiver.port()));
            try (Channel channel = Channels.installed().create(name, map)) {
                assertThat(channel.send(Samples.call(), new Address("nurse-anna", "anna@example.org"))).isInstanceOf(Delivery.Transient.class);
            }
        }
        // Then
        assertThat(log.list.stream().map(event -> event.getLoggerName() + " " + event.getLevel() + " " + event.getFormattedMessage()))
                .noneMatch(line -> line.contains("84 %") || line.contains("anna") || line.contains(Samples.PATIENT) || line.contains("patient of your list"));
    }
}
