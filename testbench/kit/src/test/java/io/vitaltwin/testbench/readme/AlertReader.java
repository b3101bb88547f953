package io.vitaltwin.testbench.readme;

import io.vitaltwin.schemas.AlertEvent;
import org.apache.kafka.clients.consumer.KafkaConsumer;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/** The Java snippet of the README: here, so that it compiles. */
final class AlertReader {

    private AlertReader() {
    }

    static void read(String bootstrap, Consumer<String> show) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("group.id", "ward-7");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        settings.put("value.deserializer", "io.vitaltwin.schemas.VitaltwinAvroDeserializer");
        try (var consumer = new KafkaConsumer<String, AlertEvent>(settings)) {
            consumer.subscribe(List.of("vt.alerts.v1"));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    AlertEvent alert = record.value();
                    show.accept(alert.getPriority() + " " + alert.getRule() + " " + alert.getEvent() + ": " + alert.getText());
                }
            }
        }
    }
}
