package io.vitaltwin.alerts.delivery;

import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.vitaltwin.alerts.delivery.Steps.planned;
import static io.vitaltwin.alerts.delivery.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

class ToldTest {

    private static final Told.Way WEBHOOK = new Told.Way("nurse-1", "webhook");
    private static final Told.Way EMAIL = new Told.Way("nurse-1", "email");

    private final Told told = new Told();

    private static Notification change(String step, String channel) {
        return Copy.of(planned("alert-1.7", channel, Priority.HIGH)).setStep(step).build();
    }

    private void read(Notification plan, DeliveryStatus status) {
        told.read(Copy.of(plan).setStatus(status).build());
    }

    @Test
    void shouldKnowWhoWasToldByWhichChannel() {
        // When: a step alone tells nobody yet
        told.read(step("a.1", "nurse-1", Priority.HIGH));
        assertThat(told.of("alert-1")).isEmpty();
        told.read(planned("a.1", "webhook", Priority.HIGH));
        told.read(planned("a.1", "email", Priority.HIGH));
        told.read(planned("a.2", "webhook", Priority.HIGH));
        // Then
        assertThat(told.of("alert-1")).containsExactly(WEBHOOK, EMAIL);
        assertThat(told.of("alert-2")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "CANCELLED"})
    void shouldForgetWhoWasNotReached(DeliveryStatus status) {
        told.read(planned("a.1", "webhook", Priority.HIGH));
        read(planned("a.1", "webhook", Priority.HIGH), status);
        assertThat(told.of("alert-1")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SENT", "DELIVERED", "RETRYING"})
    void shouldKeepWhoWasReachedOrMayStillBe(DeliveryStatus status) {
        told.read(planned("a.1", "webhook", Priority.HIGH));
        read(planned("a.1", "webhook", Priority.HIGH), status);
        assertThat(told.of("alert-1")).containsExactly(WEBHOOK);
    }

    @Test
    void shouldForgetAnAlertOnceEverybodyIsToldThatItIsOver() {
        // Given
        told.read(planned("a.1", "webhook", Priority.HIGH));
        told.read(planned("a.1", "email", Priority.HIGH));
        // When: that it was acknowledged ends nothing, and a change that could not be told says nothing of who was called
        told.read(change("ACKNOWLEDGED", "webhook"));
        read(change("ACKNOWLEDGED", "webhook"), DeliveryStatus.FAILED);
        assertThat(told.of("alert-1")).containsExactly(WEBHOOK, EMAIL);
        told.read(change("RESOLVED", "webhook"));
        // Then
        assertThat(told.of("alert-1")).containsExactly(EMAIL);
        told.read(change("RESOLVED", "email"));
        assertThat(told.size()).isZero();
    }

    @Test
    void shouldKnowTheSameWhenTheLogIsReadTwice() {
        for (int i = 0; i < 2; i++) {
            told.read(planned("a.1", "webhook", Priority.HIGH));
            told.read(planned("a.1", "email", Priority.HIGH));
            told.read(change("RESOLVED", "webhook"));
        }
        assertThat(told.of("alert-1")).containsExactly(EMAIL);
    }
}
