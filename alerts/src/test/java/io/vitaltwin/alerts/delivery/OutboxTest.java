package io.vitaltwin.alerts.delivery;

import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static io.vitaltwin.alerts.delivery.Steps.AT;
import static io.vitaltwin.alerts.delivery.Steps.planned;
import static org.assertj.core.api.Assertions.assertThat;

class OutboxTest {

    private static final long NOW = AT.toEpochMilli();
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(1));

    private final Outbox outbox = new Outbox("email", Duration.ZERO);
    private final List<Notification> log = new ArrayList<>();

    private void write(Notification record) {
        log.add(record);
        outbox.read(0, log.size() - 1, "p1", record);
    }

    private Outbox.Pending due(long at) {
        return outbox.due(at).orElseThrow();
    }

    private void fail(Outbox.Pending pending, long at) {
        write(Results.of(pending, new Delivery.Transient("no answer"), BACKOFF, AT.plusMillis(at - NOW)));
    }

    @Test
    void shouldSendTheMostUrgentFirstThenTheOldest() {
        write(Copy.of(planned("c", "email", Priority.MEDIUM)).setTime(AT.minusSeconds(9)).build());
        write(planned("b", "email", Priority.HIGH));
        write(Copy.of(planned("a", "email", Priority.HIGH)).setTime(AT.minusSeconds(1)).build());
        List<String> order = new ArrayList<>();
        while (outbox.due(NOW).isPresent()) {
            Outbox.Pending pending = due(NOW);
            order.add(pending.key().notificationId());
            write(Results.of(pending, new Delivery.Delivered("r"), BACKOFF, AT));
        }
        assertThat(order).containsExactly("a", "b", "c");
    }

    @Test
    void shouldPassOverOtherChannelsAndPlannedSteps() {
        write(planned("a", "sms", Priority.HIGH));
        write(Steps.step("b", "nurse-1", Priority.HIGH));
        assertThat(outbox.size()).isZero();
        assertThat(outbox.firstPending(0)).hasValue(2);
        assertThat(outbox.firstPending(1)).isEmpty();
    }

    @Test
    void shouldTryAgainWhenItsTimeHasCome() {
        write(planned("a", "email", Priority.HIGH));
        fail(due(NOW), NOW);
        assertThat(outbox.due(NOW + 4_999)).isEmpty();
        long next = outbox.nextDue().orElseThrow();
        assertThat(next - NOW).isBetween(5_000L, 6_000L);
        assertThat(due(next).attempts()).isEqualTo(1);
        fail(due(next), next);
        assertThat(outbox.nextDue().orElseThrow() - next).isBetween(10_000L, 12_000L);
    }

    @Test
    void shouldKnowTheSameWhenItReadsItsLogAgain() {
        // Given
        write(planned("done", "email", Priority.HIGH));
        write(planned("waits", "email", Priority.LOW));
        write(Results.of(due(NOW), new Delivery.Delivered("r"), BACKOFF, AT));
        fail(due(NOW), NOW);
        // When
        var again = new Outbox("email", Duration.ZERO);
        long from = outbox.firstPending(0).orElseThrow();
        for (int offset = (int) from; offset < log.size(); offset++) {
            again.read(0, offset, "p1", log.get(offset));
        }
        // Then
        assertThat(from).isEqualTo(1);
        assertThat(again.nextDue()).isEqualTo(outbox.nextDue());
        assertThat(again.due(Long.MAX_VALUE)).isEqualTo(outbox.due(Long.MAX_VALUE)).hasValueSatisfying(one -> assertThat(one.attempts()).isEqualTo(1));
    }

    @Test
    void shouldNotGoBackWhenItReadsItsOwnResultsLate() {
        write(planned("a", "email", Priority.HIGH));
        fail(due(NOW), NOW);
        long next = outbox.nextDue().orElseThrow();
        fail(due(next), next);
        Outbox.Pending before = due(Long.MAX_VALUE);
        // When
        for (int offset = 0; offset < log.size(); offset++) {
            outbox.read(0, offset, "p1", log.get(offset));
            assertThat(due(Long.MAX_VALUE)).isEqualTo(before);
        }
        // Then
        assertThat(before.attempts()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheSamePlanOnceForEachRecipient() {
        write(planned("a", "email", Priority.HIGH));
        write(planned("a", "email", Priority.HIGH));
        write(Copy.of(planned("a", "email", Priority.HIGH)).setRecipient("nurse-2").build());
        assertThat(outbox.size()).isEqualTo(2);
    }

    @Test
    void shouldLetGoOfAPartitionThatAnotherReads() {
        write(planned("a", "email", Priority.HIGH));
        outbox.read(1, 7, "p1", planned("b", "email", Priority.HIGH));
        outbox.forget(0);
        assertThat(outbox.size()).isEqualTo(1);
        assertThat(outbox.firstPending(0)).isEmpty();
        assertThat(outbox.firstPending(1)).hasValue(7);
    }

    @Test
    void shouldEndWithAFailureThatIsSeen() {
        write(planned("a", "email", Priority.HIGH));
        Notification refused = Results.of(due(NOW), new Delivery.Permanent("mailbox does not exist (550)"), BACKOFF, AT);
        assertThat(refused.getStatus().name()).isEqualTo("FAILED");
        assertThat(refused.getDetail()).isEqualTo("mailbox does not exist (550)");
        Notification late = Results.of(due(NOW), new Delivery.Transient("no answer", Optional.of(Duration.ofHours(3))), BACKOFF, AT);
        assertThat(late.getDetail()).isEqualTo("given up: no answer");
        write(late);
        assertThat(outbox.size()).isZero();
    }

    private static Notification digest(String id, String recipient, Priority priority) {
        return Copy.of(planned(id, "email", priority)).setStep("DIGEST").setAlertId(id).setRecipient(recipient).build();
    }

    @Test
    void shouldCollectADigestForEachRecipient() {
        // Given
        var collects = new Outbox("email", Duration.ofSeconds(60));
        long at = AT.toEpochMilli();
        collects.read(0, 0, "p1", digest("d1", "nurse-1", Priority.INFO));
        collects.read(1, 0, "p2", digest("d2", "nurse-1", Priority.LOW));
        collects.read(0, 1, "p1", digest("d3", "nurse-2", Priority.LOW));
        collects.read(0, 2, "p1", Copy.of(digest("d4", "nurse-1", Priority.LOW)).setTime(AT.plusSeconds(30)).build());
        collects.read(0, 3, "p1", planned("c1", "email", Priority.LOW));
        // Then: a call does not wait, a digest does
        assertThat(collects.due(at + 59_999)).hasValueSatisfying(first -> assertThat(first.key().notificationId()).isEqualTo("c1"));
        assertThat(collects.together(collects.due(at + 59_999).orElseThrow(), at + 59_999)).hasSize(1);
        collects.read(0, 4, "p1", Copy.of(planned("c1", "email", Priority.LOW)).setStatus(DeliveryStatus.DELIVERED).build());
        assertThat(collects.due(at + 59_999)).isEmpty();
        assertThat(collects.together(collects.due(at + 60_000).orElseThrow(), at + 60_000)).extracting(one -> one.key().notificationId())
                .containsExactly("d2", "d4", "d1");
        collects.read(0, 5, "p1", Copy.of(digest("d3", "nurse-2", Priority.LOW)).setStatus(DeliveryStatus.DELIVERED).build());
        collects.read(0, 6, "p1", Results.of(collects.due(at + 60_000).orElseThrow(), new Delivery.Transient("no answer"), BACKOFF, AT.plusSeconds(60)));
        assertThat(collects.together(collects.due(at + 60_000).orElseThrow(), at + 60_000)).extracting(one -> one.key().notificationId())
                .containsExactly("d4", "d1");
    }

    @Test
    void shouldSendADigestAloneWhereNothingIsCollected() {
        // Given
        outbox.read(0, 0, "p1", digest("d1", "nurse-1", Priority.LOW));
        outbox.read(0, 1, "p1", digest("d2", "nurse-1", Priority.LOW));
        long at = AT.toEpochMilli();
        // Then
        assertThat(outbox.together(outbox.due(at).orElseThrow(), at)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"false, true false false", "true, true true true false"})
    void shouldLetOnlyAChangeTakeThePlaceOfAChange(boolean over, String superseded) {
        // Given
        write(planned("a.1", "email", Priority.HIGH));
        write(later("a.2", "ACKNOWLEDGED", 1));
        write(later("a.3", "REMINDER", 2));
        if (over) {
            write(later("a.4", "RESOLVED", 3));
        }
        // When
        List<Outbox.Pending> waiting = new ArrayList<>();
        var copy = new Outbox("email", Duration.ZERO);
        log.forEach(record -> copy.read(0, log.indexOf(record), "p1", record));
        for (Optional<Outbox.Pending> next = copy.due(Long.MAX_VALUE); next.isPresent(); next = copy.due(Long.MAX_VALUE)) {
            waiting.add(next.get());
            copy.drop(next.get());
        }
        // Then
        assertThat(waiting.stream().map(outbox::isSuperseded).map(Object::toString).collect(Collectors.joining(" "))).isEqualTo(superseded);
    }

    private static Notification later(String id, String step, long seconds) {
        return Copy.of(planned(id, "email", Priority.HIGH)).setStep(step).setTime(AT.plusSeconds(seconds)).setDue(AT.plusSeconds(seconds)).build();
    }
}
