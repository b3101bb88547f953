package io.vitaltwin.standalone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BrokerProcessTest {

    @TempDir
    Path folder;

    @Test
    void shouldKeepRecordsOfAKilledBroker() throws Exception {
        // Given
        int port;
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.in(folder))) {
            port = broker.port();
            EmbeddedBrokerTest.write(broker.bootstrapServers(), "kept", "one", "two");
            // When
            broker.kill();
            assertThat(broker.isAlive()).isFalse();
        }
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.in(folder))) {
            // Then
            assertThat(broker.port()).isEqualTo(port);
            assertThat(EmbeddedBrokerTest.read(broker.bootstrapServers(), "kept", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void shouldStopWhenItsParentIsGone() throws Exception {
        // Given
        BrokerProcess broker = BrokerProcess.start(BrokerSettings.in(folder).with("num.io.threads", "3"));
        ProcessHandle child = ProcessHandle.of(broker.pid()).orElseThrow();
        // When: all that a dead parent leaves is a closed pipe
        long start = System.nanoTime();
        broker.close();
        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void shouldSayWhyItCannotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> BrokerProcess.start(BrokerSettings.in(folder).onPort(taken.getLocalPort())))
                    .isInstanceOf(BrokerException.class).hasMessageContaining("port " + taken.getLocalPort());
        }
    }
}
