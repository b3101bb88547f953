package io.vitaltwin.alerts.console;

import io.vitaltwin.alerts.console.Changes.Change;
import io.vitaltwin.alerts.console.Changes.Missed;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

class ChangesTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private final Changes changes = new Changes(3);

    @Test
    void shouldTellEachSubjectOnceTheNewestLast() throws InterruptedException {
        changes.row("p1");
        changes.row("p2");
        changes.alert("p1", "a");
        changes.row("p1");
        Missed missed = changes.after(0, AT_ONCE);
        assertThat(missed.complete()).isTrue();
        assertThat(missed.changes()).containsExactly(new Change(2, "p2", ""), new Change(3, "p1", "a"), new Change(4, "p1", ""));
        assertThat(changes.after(3, AT_ONCE).changes()).containsExactly(new Change(4, "p1", ""));
        assertThat(changes.after(4, AT_ONCE)).isEqualTo(new Missed(true, 4, List.of()));
    }

    @Test
    void shouldSayWhenSomethingIsNotKeptAnyMore() throws InterruptedException {
        for (String patient : new String[] {"p1", "p2", "p3", "p4"}) {
            changes.row(patient);
        }
        assertThat(changes.after(0, AT_ONCE).complete()).isFalse();
        assertThat(changes.after(1, AT_ONCE)).satisfies(missed -> assertThat(missed.changes()).hasSize(3));
        assertThat(changes.after(99, AT_ONCE)).isEqualTo(new Missed(false, 4, List.of()));
    }

    @Test
    void shouldWakeWhoWaits() {
        CompletableFuture<Missed> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return changes.after(0, Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        changes.row("p1");
        assertThat(waiting.join().changes()).hasSize(1);
    }
}
