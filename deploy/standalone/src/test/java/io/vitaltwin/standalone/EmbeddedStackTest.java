package io.vitaltwin.standalone;

import io.vitaltwin.schemas.RegistrySchemaIds;
import io.vitaltwin.schemas.Tick;
import io.vitaltwin.schemas.Topics;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedStackTest {

    @TempDir
    Path folder;

    @Test
    void shouldRunTheTwinAndStopEverything() {
        // Given
        EmbeddedStack stack = EmbeddedStack.start(StackSettings.in(folder).withTopics(new Topics("vt.", 2)).withTwin());
        try {
            // When
            stack.awaitRunning(Duration.ofSeconds(30));
            // Then
            assertThat(stack.failure()).isEmpty();
            assertThat(stack.twin().orElseThrow().state()).isEqualTo(KafkaStreams.State.RUNNING);
        } finally {
            stack.close();
        }
        assertThat(stack.twin().orElseThrow().state()).isEqualTo(KafkaStreams.State.NOT_RUNNING);
        stack.close();
    }

    @Test
    void shouldServeTheSchemasAndFreeEverythingWhenAPartCannotStart() throws Exception {
        int taken;
        try (EmbeddedStack stack = EmbeddedStack.start(StackSettings.in(folder.resolve("one")))) {
            URI registry = stack.registryUri().orElseThrow();
            taken = registry.getPort();
            try (var ids = new RegistrySchemaIds(registry)) {
                assertThat(ids.idOf("vt.ticks.v1-value", Tick.getClassSchema()))
                        .isEqualTo(stack.schemaIds().idOf("vt.ticks.v1-value", Tick.getClassSchema()));
            }
            StackSettings second = StackSettings.in(folder.resolve("two")).withRegistryPort(taken);
            assertThatThrownBy(() -> EmbeddedStack.start(second)).hasMessageContaining("port " + taken);
        }
        EmbeddedStack.start(StackSettings.in(folder.resolve("two")).withoutRegistry()).close();
    }

    @Test
    void shouldSayThatThereIsNoTwinToWaitFor() {
        try (EmbeddedStack stack = EmbeddedStack.start(StackSettings.in(folder))) {
            assertThat(stack.twin()).isEmpty();
            assertThatThrownBy(() -> stack.awaitRunning(Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("no twin");
        }
    }

    @Test
    void shouldRefuseAFolderWhoseTopicsHaveOtherPartitionsAndFreeIt() {
        // Given
        EmbeddedStack.start(StackSettings.in(folder).withTopics(new Topics("vt.", 2))).close();
        // When, then
        assertThatThrownBy(() -> EmbeddedStack.start(StackSettings.in(folder).withTopics(new Topics("vt.", 3))))
                .isInstanceOf(BrokerException.class).hasMessageContaining("partitions 2, not 3");
        EmbeddedStack.start(StackSettings.in(folder).withTopics(new Topics("vt.", 2))).close();
    }
}
