package io.vitaltwin.ingest;

import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ReadingBatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DeviceProducerTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final DeviceStream STREAM = new DeviceStream("patient-1", "watch-1");

    private final MockProducer<String, byte[]> kafka = Sent.producer(true);

    @Test
    void shouldCountBatchesFromZeroWithoutHoles() {
        // Given
        var device = device(kafka, 0);
        // When
        for (int i = 0; i < 5; i++) {
            device.send(List.of(Sent.heartRate(T0.plusSeconds(i), 70 + i)), T0.plusSeconds(i));
        }
        // Then
        assertThat(Sent.batches(kafka)).extracting(ReadingBatch::getSequence).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(Sent.batches(kafka)).extracting(ReadingBatch::getBatchId)
                .containsExactly("watch-1-0", "watch-1-1", "watch-1-2", "watch-1-3", "watch-1-4");
        assertThat(device.nextSequence()).isEqualTo(5);
        assertThat(device.acknowledged()).isEqualTo(5);
    }

    @Test
    void shouldKeepReadingsInOrderUnderThePatientsKey() {
        // Given
        var readings = List.of(Sent.heartRate(T0, 70), Sent.heartRate(T0.plusSeconds(1), 71), Sent.heartRate(T0.plusSeconds(2), 72));
        // When
        device(kafka, 0).send(readings, T0.plusSeconds(3));
        // Then
        var record = kafka.history().getFirst();
        assertThat(record.key()).isEqualTo("patient-1");
        assertThat(record.topic()).isEqualTo(Sent.TOPICS.readings().name());
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
        ReadingBatch batch = Sent.batches(kafka).getFirst();
        assertThat(batch.getDeviceId()).isEqualTo("watch-1");
        assertThat(batch.getSentAt()).isEqualTo(T0.plusSeconds(3));
        assertThat(batch.getReadings()).isEqualTo(readings);
    }

    @Test
    void shouldGiveTheRecordTheTimeOfVirtualClocks() {
        device(kafka, 0).send(List.of(Sent.heartRate(T0, 70)), T0, T0.plusSeconds(9));

        assertThat(kafka.history().getFirst().timestamp()).isEqualTo(T0.plusSeconds(9).toEpochMilli());
    }

    @Test
    void shouldContinueWhereTheDeviceLeftOff() {
        device(kafka, 41).send(List.of(Sent.heartRate(T0, 70)), T0);

        assertThat(Sent.batches(kafka).getFirst().getSequence()).isEqualTo(41);
    }

    @Test
    void shouldGiveAnUncountedBatchAnIdOfItsContent() {
        // Given
        var once = device(kafka, DeviceProducer.UNCOUNTED);
        var again = device(kafka, DeviceProducer.UNCOUNTED);
        // When: the same content twice, at other times, and another content
        once.send(List.of(Sent.heartRate(T0, 70)), T0);
        once.send(List.of(Sent.heartRate(T0, 71)), T0);
        again.send(List.of(Sent.heartRate(T0, 70)), T0.plusSeconds(60));
        // Then
        List<String> ids = Sent.batches(kafka).stream().map(ReadingBatch::getBatchId).toList();
        assertThat(ids.get(2)).isEqualTo(ids.get(0)).isNotEqualTo(ids.get(1)).startsWith("watch-1-");
        assertThat(Sent.batches(kafka)).extracting(ReadingBatch::getSequence).containsOnly(-1L);
        assertThat(once.nextSequence()).isEqualTo(-1);
    }

    @Test
    void shouldStopAtTheFirstBatchThatIsNotTaken() {
        // Given
        var slow = Sent.producer(false);
        var device = device(slow, 7);
        var seventh = device.send(List.of(Sent.heartRate(T0, 70)), T0);
        var eighth = device.send(List.of(Sent.heartRate(T0, 71)), T0);
        // When
        slow.errorNext(new TimeoutException("no answer"));
        // Then
        assertThat(seventh).isCompletedExceptionally();
        assertThat(eighth).isNotDone();
        assertThatExceptionOfType(DeliveryFailed.class).isThrownBy(() -> device.send(List.of(Sent.heartRate(T0, 72)), T0))
                .withMessage("1 of 2 batches were not acknowledged, the first at sequence 7 (TimeoutException): send again from there")
                .withCauseInstanceOf(TimeoutException.class);
        assertThat(device.nextSequence()).as("a batch that was not sent takes no number").isEqualTo(9);
    }

    @Test
    void shouldSendTheSameBatchAgainUnderTheSameId() {
        // Given
        var slow = Sent.producer(false);
        device(slow, 7).send(List.of(Sent.heartRate(T0, 70)), T0);
        slow.errorNext(new TimeoutException("no answer"));
        // When
        device(slow, 7).send(List.of(Sent.heartRate(T0, 70)), T0.plusSeconds(30));
        // Then
        var ids = Sent.batches(slow).stream().map(ReadingBatch::getBatchId).toList();
        assertThat(ids).containsExactly("watch-1-7", "watch-1-7");
    }

    @Test
    void shouldReportOnCloseWhatWasNotTaken() {
        // Given
        var slow = Sent.producer(false);
        var device = device(slow, 0);
        var first = device.send(List.of(Sent.heartRate(T0, 70)), T0);
        var second = device.send(List.of(Sent.heartRate(T0, 71)), T0);
        // When
        slow.completeNext();
        slow.errorNext(new TimeoutException("no answer"));
        // Then
        assertThat(first).isCompleted();
        assertThat(second).isCompletedExceptionally();
        assertThat(device.acknowledged()).isEqualTo(1);
        assertThatExceptionOfType(DeliveryFailed.class).isThrownBy(device::close).withMessageContaining("at sequence 1");
    }

    @Test
    void shouldCloseWhenEverythingArrivedAndLeaveTheSharedProducerOpen() {
        var device = device(kafka, 0);
        device.send(List.of(Sent.heartRate(T0, 70)), T0);

        assertThatCode(device::close).doesNotThrowAnyException();
        assertThat(kafka.closed()).isFalse();
    }

    @Test
    void shouldStopWhenTheClientItselfThrows() {
        kafka.sendException = new IllegalStateException("closed");
        var device = device(kafka, 0);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> device.send(List.of(Sent.heartRate(T0, 70)), T0)).withMessage("closed");
        assertThat(device.nextSequence()).isZero();
        assertThatExceptionOfType(DeliveryFailed.class).isThrownBy(device::close).withMessageContaining("sequence 0");
    }

    @Test
    void shouldRefuseAnEmptyBatchAndASequenceBelowMinusOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> device(kafka, 0).send(List.of(), T0));
        assertThatIllegalArgumentException().isThrownBy(() -> device(kafka, -2)).withMessageContaining("-2");
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void shouldNameNobodyInErrorsAndTexts() {
        assertThat(STREAM.toString()).doesNotContain("patient-1", "watch-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceStream("\npatient-1", "watch-1"))
                .withMessageContaining("patient id").withMessageNotContaining("patient-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceStream("p", " ")).withMessageContaining("device id");
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceStream("p".repeat(257), "w"));
        assertThatCode(() -> new DeviceStream("p".repeat(256), "w")).doesNotThrowAnyException();
    }

    private static DeviceProducer device(MockProducer<String, byte[]> kafka, long firstSequence) {
        return new DeviceProducer(kafka, Sent.TOPICS.readings(), new BundledSchemaIds(), STREAM, firstSequence);
    }
}
