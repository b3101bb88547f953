package io.vitaltwin.alerts.delivery;

import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.vitaltwin.alerts.delivery.Steps.AT;
import static io.vitaltwin.alerts.delivery.Steps.planned;
import static org.assertj.core.api.Assertions.assertThat;

class OutboxTest {

    private static final long NOW = AT.toEpochMilli();
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(1));

    private final Outbox outbox = new Outbox("email");
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
        var again = new Outbox("email");
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
}
