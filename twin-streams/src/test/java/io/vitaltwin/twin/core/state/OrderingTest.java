package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.state.Ordering.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class OrderingTest {

    private static final long T0 = 1_772_409_600_000L;

    private final DeviceState device = new DeviceState("d");

    private Place place(long sequence) {
        return Ordering.place(device, sequence, false);
    }

    private void expectWait(long sequence) {
        assertThat(place(sequence)).isEqualTo(Place.WAIT);
        device.hold(sequence, T0 + sequence);
    }

    private DeviceState restored() {
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        device.encode(bytes, T0);
        DeviceState copy = DeviceState.decode(bytes.flip(), T0);
        assertThat(bytes.remaining()).isZero();
        return copy;
    }

    @Test
    void shouldTakeBatchesInOrderAtOnce() {
        for (int sequence = 0; sequence < 100; sequence++) {
            assertThat(place(sequence)).isEqualTo(Place.NOW);
        }
        assertThat(device.nextSequence()).isEqualTo(100);
    }

    @Test
    void shouldTakeADeviceThatDoesNotCountAsItComes() {
        assertThat(place(-1)).isEqualTo(Place.NOW);
        assertThat(place(-1)).isEqualTo(Place.NOW);
        assertThat(device.isStarted()).isFalse();
    }

    @Test
    void shouldWaitForAMissingBatch() {
        assertThat(place(0)).isEqualTo(Place.NOW);
        expectWait(2);
        expectWait(3);
        assertThat(place(1)).isEqualTo(Place.NOW);
        assertThat(device.nextSequence()).isEqualTo(2);
        assertThat(device.held()).extracting(DeviceState.Held::sequence).containsExactly(2L, 3L);
    }

    @Test
    void shouldKnowTheCopyOfAWaitingBatch() {
        place(0);
        expectWait(2);
        assertThat(place(2)).isEqualTo(Place.COPY_OF_WAITING);
        device.letGo(2);
        assertThat(device.isHeld(2)).isFalse();
        assertThat(place(2)).isEqualTo(Place.WAIT);
    }

    @Test
    void shouldKnowABatchThatWasTaken() {
        place(0);
        place(1);
        assertThat(place(0)).isEqualTo(Place.RETRANSMITTED);
        assertThat(place(1)).isEqualTo(Place.RETRANSMITTED);
        assertThat(device.nextSequence()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"63, WAIT", "64, NOW", "1000000, NOW"})
    void shouldJoinADeviceThatHasBeenAtWorkForLong(long first, Place place) {
        assertThat(place(first)).isEqualTo(place);
        if (place == Place.NOW) {
            assertThat(place(first - 1)).isEqualTo(Place.RETRANSMITTED);
            assertThat(place(first + 1)).isEqualTo(Place.NOW);
        }
    }

    @Test
    void shouldNotJoinLateOnceStarted() {
        place(0);
        assertThat(place(64)).isEqualTo(Place.WAIT);
    }

    @Test
    void shouldTakeWhatWasGivenUpOnceWhenItStillComes() {
        // Given
        place(0);
        device.skipTo(4);
        // Then: 1 to 3 are a hole
        assertThat(place(4)).isEqualTo(Place.NOW);
        assertThat(place(2)).isEqualTo(Place.NOW);
        assertThat(place(2)).isEqualTo(Place.RETRANSMITTED);
        assertThat(place(1)).isEqualTo(Place.NOW);
        assertThat(place(3)).isEqualTo(Place.NOW);
        assertThat(place(1)).isEqualTo(Place.RETRANSMITTED);
        assertThat(place(3)).isEqualTo(Place.RETRANSMITTED);
        assertThat(device.nextSequence()).isEqualTo(5);
    }

    @Test
    void shouldNotSkipBackwards() {
        place(0);
        device.skipTo(0);
        device.skipTo(1);
        assertThat(device.nextSequence()).isOne();
        assertThat(device.isTaken(0)).isTrue();
    }

    @Test
    void shouldForgetTheOldestOfManyHoles() {
        place(0);
        for (int i = 1; i <= 9; i++) {
            device.skipTo(i * 10L);
            place(i * 10L);
        }
        assertThat(device.isTaken(5)).as("its hole is forgotten").isTrue();
        assertThat(device.isTaken(15)).isFalse();
        assertThat(device.isTaken(85)).isFalse();
        assertThat(device.isTaken(90)).isTrue();
    }

    @Test
    void shouldSeeThatADeviceCountsAnew() {
        place(0);
        place(1);
        device.skipTo(5);
        assertThat(Ordering.place(device, 0, true)).isEqualTo(Place.NOW);
        assertThat(device.nextSequence()).isOne();
        assertThat(place(1)).isEqualTo(Place.NOW);
        assertThat(device.isTaken(4)).isFalse();
    }

    @Test
    void shouldHoldBatchesInTheOrderOfTheirNumbers() {
        long seed = 9;
        Random random = new Random(seed);
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long sequence = 1 + random.nextInt(10_000);
            if (!device.isHeld(sequence)) {
                device.hold(sequence, T0);
                sequences.add(sequence);
            }
        }
        assertThat(device.held()).as("seed %d", seed).extracting(DeviceState.Held::sequence)
                .containsExactlyElementsOf(sequences.stream().sorted().toList());
    }

    @Test
    void shouldComeBackAsItWasStored() {
        assertThat(restored()).usingRecursiveComparison().isEqualTo(device);
        place(0);
        device.skipTo(7);
        place(7);
        device.skipTo(9);
        place(9);
        expectWait(12);
        expectWait(11);
        assertThat(restored()).usingRecursiveComparison().isEqualTo(device);
        assertThat(restored().isTaken(3)).isFalse();
        assertThat(restored().isHeld(11)).isTrue();
    }

    @Test
    void shouldComeBackWhenItsFirstBatchWaits() {
        expectWait(3);
        DeviceState copy = restored();
        assertThat(copy.isStarted()).isFalse();
        assertThat(copy.held()).isEqualTo(device.held());
        assertThat(Ordering.place(copy, 0, false)).isEqualTo(Place.NOW);
    }

    @Test
    void shouldSortByTimeAndKeepEqualTimesInPlace() {
        long[] times = {5, 3, 5, 1, 3};
        assertThat(Ordering.byTime(5, i -> times[i])).containsExactly(3, 1, 4, 0, 2);
        assertThat(Ordering.byTime(0, i -> 0)).isEmpty();
        assertThat(Ordering.byTime(3, i -> 0)).containsExactly(0, 1, 2);
    }
}
