package io.vitaltwin.standalone;

import io.vitaltwin.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedStackTest {

    @TempDir
    Path folder;

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
