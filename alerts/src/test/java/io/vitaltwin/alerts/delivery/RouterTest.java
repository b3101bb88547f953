package io.vitaltwin.alerts.delivery;

import io.vitaltwin.alerts.message.Language;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.vitaltwin.alerts.delivery.Steps.AT;
import static io.vitaltwin.alerts.delivery.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class RouterTest {

    private static final Set<String> ALL = Set.of("email", "sms", "pagerduty");

    private static Contact by(String channel, Priority lowest, Lane... lanes) {
        return new Contact(channel, channel + "-place", Language.EN, lowest, Set.of(lanes));
    }

    private final Contacts contacts = new Contacts(Map.of(
            "nurse-1", new Contacts.Entry(List.of(), List.of(by("email", Priority.LOW), by("sms", Priority.HIGH))),
            "nurse-2", new Contacts.Entry(List.of(), List.of(by("email", Priority.MEDIUM))),
            "technician", new Contacts.Entry(List.of(), List.of(by("pagerduty", Priority.LOW, Lane.TECHNICAL))),
            "ward", new Contacts.Entry(List.of("nurse-1", "nurse-2", "inner"), List.of()),
            "inner", new Contacts.Entry(List.of("nurse-2", "ward"), List.of(by("pagerduty", Priority.HIGH)))));

    private List<Notification> route(String recipient, Priority priority) {
        return Router.route(step("a.1.1", recipient, priority), contacts, ALL, AT.plusSeconds(1));
    }

    @Test
    void shouldPlanOneDeliveryForEachWayThatTakesThePriority() {
        assertThat(route("nurse-1", Priority.HIGH)).extracting(Notification::getChannel).containsExactly("email", "sms");
        assertThat(route("nurse-1", Priority.LOW)).extracting(Notification::getChannel).containsExactly("email");
        assertThat(route("nurse-1", Priority.HIGH)).allMatch(one -> one.getStatus() == DeliveryStatus.PLANNED && one.getNotificationId().equals("a.1.1")
                && one.getTime().equals(AT.plusSeconds(1)) && AT.equals(one.getDue()));
    }

    @Test
    void shouldTellEachMemberOfAGroupOnce() {
        assertThat(route("ward", Priority.HIGH)).extracting(Notification::getRecipient, Notification::getChannel)
                .containsExactly(tuple("nurse-1", "email"), tuple("nurse-1", "sms"), tuple("nurse-2", "email"), tuple("inner", "pagerduty"));
    }

    @Test
    void shouldSayWhenNobodyCanBeReached() {
        for (String nobody : List.of("technician", "nobody-knows")) {
            assertThat(route(nobody, Priority.HIGH)).singleElement().satisfies(one -> {
                assertThat(one.getStatus()).isEqualTo(DeliveryStatus.FAILED);
                assertThat(one.getDetail()).isEqualTo(Router.NO_CONTACT);
                assertThat(one.getChannel()).isEmpty();
            });
        }
    }

    @Test
    void shouldNotPlanForAChannelThatIsNotSetUp() {
        assertThat(Router.route(step("a.1.1", "nurse-1", Priority.HIGH), contacts, Set.of("sms"), AT)).extracting(Notification::getChannel)
                .containsExactly("sms");
    }

    @Test
    void shouldRouteStepsOnly() {
        Notification delivery = route("nurse-1", Priority.HIGH).getFirst();
        assertThat(Router.isStep(delivery)).isFalse();
        assertThatThrownBy(() -> Router.route(delivery, contacts, ALL, AT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAListThatCannotBeMeant() {
        assertThatThrownBy(() -> new Contacts(Map.of("ward", new Contacts.Entry(List.of("nobody"), List.of()))))
                .hasMessageContaining("member nobody of ward");
        assertThatThrownBy(() -> new Contacts(Map.of("n", new Contacts.Entry(List.of(), List.of(by("sms", Priority.LOW), by("sms", Priority.HIGH))))))
                .hasMessageContaining("channel sms").hasMessageContaining("group");
    }

    @ParameterizedTest
    @CsvSource({"ACKNOWLEDGED, 2", "RESOLVED, 2", "SNOOZED, 0", "ESCALATED, 0", "REFUSED, 0"})
    void shouldTellChangesToThoseWhoKeepTheAlert(WorkflowEventType type, int told) {
        // Given
        AlertWorkflowEvent event = AlertWorkflowEvent.newBuilder().setEventId("a.7").setAlertId("a").setPatientId("p1").setType(type).setPriority(Priority.LOW)
                .setLane(Lane.TECHNICAL).setTime(AT).build();
        List<Told.Way> ways = List.of(new Told.Way("nurse-1", "pagerduty"), new Told.Way("nurse-1", "email"), new Told.Way("nurse-2", "pagerduty"));
        // When
        List<Notification> planned = Router.change(event, ways, Set.of("pagerduty", "hl7"), AT.plusSeconds(1));
        // Then
        assertThat(planned).hasSize(told).allMatch(one -> one.getStatus() == DeliveryStatus.PLANNED && one.getStep().equals(type.name())
                && one.getNotificationId().equals("a.7") && AT.equals(one.getDue()) && one.getChannel().equals("pagerduty"));
        assertThat(planned).extracting(Notification::getRecipient).isSubsetOf("nurse-1", "nurse-2").doesNotHaveDuplicates();
        assertThat(planned).noneMatch(Router::isStep);
    }
}
