package io.vitaltwin.standalone.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.alerts.adapter.Deliveries;
import io.vitaltwin.alerts.adapter.DeliverySettings;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.delivery.Backoff;
import io.vitaltwin.alerts.delivery.Breaker;
import io.vitaltwin.alerts.delivery.Contact;
import io.vitaltwin.alerts.delivery.Contacts;
import io.vitaltwin.alerts.delivery.DeliveryMetrics;
import io.vitaltwin.alerts.delivery.DisclosureDecision;
import io.vitaltwin.alerts.message.Composer;
import io.vitaltwin.alerts.message.Happening;
import io.vitaltwin.alerts.message.Language;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.schemas.AlertBasis;
import io.vitaltwin.schemas.AlertWorkflowEvent;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.DeliveryStatus;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import io.vitaltwin.schemas.WorklistAlert;
import io.vitaltwin.schemas.WorklistItem;
import io.vitaltwin.twin.core.disclosure.Egress;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import static io.vitaltwin.schemas.DeliveryStatus.CANCELLED;
import static io.vitaltwin.schemas.DeliveryStatus.DELIVERED;
import static io.vitaltwin.schemas.DeliveryStatus.FAILED;
import static io.vitaltwin.schemas.DeliveryStatus.PLANNED;
import static io.vitaltwin.schemas.DeliveryStatus.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;

/** From planned steps to receivers, through a real broker. */
class NotificationDeliveryTest {

    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final DisclosureDecision ANYBODY = (patient, recipient, alert) -> true;
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofHours(1));

    @AutoClose
    private static final CliBench CLI = new CliBench();

    /** Topics of one test, with an open alert and a step that tells nurse-1 of it. */
    private static Topics topics(String prefix) throws Exception {
        Topics topics = new Topics(prefix, 1);
        CLI.with(topics);
        CLI.write(topics.worklist(), "p1", worklist(WorkflowState.OPEN), T0);
        CLI.write(topics.notifications(), "p1", step("a1.1.1", "FIRST_CONTACT"), T0);
        return topics;
    }

    private static Deliveries start(Topics topics, Backoff backoff, DisclosureDecision disclosure, Channel... channels) {
        Map<String, Contacts.Entry> people = new HashMap<>();
        people.put("nurse-1", new Contacts.Entry(List.of(), Arrays.stream(channels)
                .map(channel -> new Contact(channel.name(), "", Language.EN, Priority.LOW, Set.of())).toList()));
        var settings = new DeliverySettings(new Contacts(people), new Composer(URI.create("https://alerts.example.org"), ZoneOffset.UTC), backoff,
                () -> new Breaker(3, Duration.ofMillis(50)), Duration.ofSeconds(2));
        var config = AlertsConfig.of(CLI.bootstrapServers(), topics, CLI.path("unused")).withApplicationId(topics.notifications().name())
                .withKafka(Map.of("heartbeat.interval.ms", "1000"));
        var deliveries = new Deliveries(config, new BundledSchemaIds(), settings, List.of(channels), disclosure, InstantSource.system(),
                new DeliveryMetrics(new SimpleMeterRegistry()));
        deliveries.start();
        return deliveries;
    }

    /** Reads until the log is as it must be. */
    private static List<Notification> await(Topics topics, Predicate<List<Notification>> wanted) {
        return CLI.await(topics.notifications(), wanted);
    }

    private static List<Notification> awaitLast(Topics topics, String channel, DeliveryStatus status) {
        return await(topics, log -> log.stream().anyMatch(one -> one.getChannel().equals(channel) && one.getStatus() == status));
    }

    private static List<DeliveryStatus> statuses(List<Notification> log, String channel) {
        return log.stream().filter(one -> one.getChannel().equals(channel)).map(Notification::getStatus).toList();
    }

    @Test
    void shouldDeliverAStepByEachChannelOnce() throws Exception {
        Topics topics = topics("once.");
        var email = new ScriptedChannel("email", false);
        var sms = new ScriptedChannel("sms", false);
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, email, sms)) {
            awaitLast(topics, "email", DELIVERED);
            List<Notification> log = awaitLast(topics, "sms", DELIVERED);
            assertThat(statuses(log, "email")).containsExactly(PLANNED, DELIVERED);
            assertThat(statuses(log, "sms")).containsExactly(PLANNED, DELIVERED);
            assertThat(log).last().satisfies(one -> assertThat(one.getReference()).isEqualTo("r-a1.1.1"));
            assertThat(email.received()).extracting(Message::id).containsExactly("a1.1.1");
            assertThat(email.received().getFirst().body()).contains("SpO2 below its limit.");
            assertThat(deliveries.failure()).isEmpty();
        }
    }

    @Test
    void shouldTryAgainUntilTheReceiverTakesIt() throws Exception {
        Topics topics = topics("again.");
        var email = new ScriptedChannel("email", false, new Delivery.Transient("busy"), new Delivery.Transient("busy"), new Delivery.Transient("busy"),
                new Delivery.Transient("busy"));
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, email)) {
            List<Notification> log = awaitLast(topics, "email", DELIVERED);
            assertThat(statuses(log, "email")).containsExactly(PLANNED, RETRYING, RETRYING, RETRYING, RETRYING, DELIVERED);
            assertThat(log).filteredOn(one -> one.getStatus() == RETRYING).extracting(Notification::getAttempt).containsExactly(1, 2, 3, 4);
            assertThat(email.received()).hasSize(5).extracting(Message::id).containsOnly("a1.1.1");
            assertThat(deliveries.failure()).isEmpty();
        }
    }

    @Test
    void shouldNotHoldUpOneChannelByAnotherThatHangs() throws Exception {
        Topics topics = topics("hang.");
        var hangs = new ScriptedChannel("email", true);
        var works = new ScriptedChannel("sms", false);
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, hangs, works)) {
            List<Notification> log = awaitLast(topics, "sms", DELIVERED);
            assertThat(statuses(log, "email")).doesNotContain(DELIVERED);
            hangs.letGo();
            awaitLast(topics, "email", DELIVERED);
            assertThat(deliveries.failure()).isEmpty();
        }
    }

    @Test
    void shouldGoOnAfterARestartWithoutSendingTwice() throws Exception {
        // Given
        Topics topics = topics("restart.");
        var busy = new ScriptedChannel("email", false, Collections.nCopies(10_000, new Delivery.Transient("busy")).toArray(Delivery[]::new));
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, busy, new ScriptedChannel("sms", false))) {
            awaitLast(topics, "email", RETRYING);
            awaitLast(topics, "sms", DELIVERED);
            assertThat(deliveries.failure()).isEmpty();
        }
        // When
        var email = new ScriptedChannel("email", false);
        var sms = new ScriptedChannel("sms", false);
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, email, sms)) {
            List<Notification> log = awaitLast(topics, "email", DELIVERED);
            // Then
            assertThat(log).last().satisfies(one -> assertThat(one.getAttempt()).isEqualTo(busy.received().size() + 1));
            assertThat(statuses(log, "email").stream().filter(status -> status == PLANNED)).hasSize(1);
            assertThat(email.received()).hasSize(1);
            assertThat(sms.received()).isEmpty();
            assertThat(deliveries.failure()).isEmpty();
        }
    }

    @Test
    void shouldTellWhoKeepsTheAlertThatItWasAcknowledgedAndIsOver() throws Exception {
        // Given
        Topics topics = topics("follow.");
        var webhook = new ScriptedChannel("webhook", false);
        var email = new ScriptedChannel("email", false);
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, webhook, email)) {
            awaitLast(topics, "webhook", DELIVERED);
            awaitLast(topics, "email", DELIVERED);
            // When: what happened to an alert that nobody was told of, and what happened long ago, is nobody's matter
            CLI.write(topics.alertWorkflow(), "p1", event("a2", "a2.1", WorkflowEventType.RESOLVED, Instant.now()), T0);
            CLI.write(topics.alertWorkflow(), "p1", event("a1", "a1.0", WorkflowEventType.ACKNOWLEDGED, Instant.now().minus(Duration.ofHours(2))), T0);
            CLI.write(topics.alertWorkflow(), "p1", event("a1", "a1.1", WorkflowEventType.ACKNOWLEDGED, Instant.now()), T0);
            await(topics, log -> statuses(log, "webhook").stream().filter(DELIVERED::equals).count() == 2);
            CLI.write(topics.alertWorkflow(), "p1", event("a1", "a1.2", WorkflowEventType.RESOLVED, Instant.now()), T0);
            await(topics, log -> statuses(log, "webhook").stream().filter(DELIVERED::equals).count() == 3);
            assertThat(deliveries.failure()).isEmpty();
        }
        // Then: and once more changes nothing after a restart
        assertThat(webhook.received()).extracting(Message::id).containsExactly("a1.1.1", "a1.1", "a1.2");
        assertThat(webhook.received()).extracting(Message::happening).containsExactly(Happening.CALL, Happening.ACKNOWLEDGED, Happening.RESOLVED);
        assertThat(webhook.received().getLast().body()).doesNotContain("SpO2");
        var again = new ScriptedChannel("webhook", false);
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, again, email)) {
            CLI.write(topics.alertWorkflow(), "p1", event("a1", "a1.3", WorkflowEventType.RESOLVED, Instant.now()), T0);
            CLI.write(topics.notifications(), "p1", step("a1.2.1", "FIRST_CONTACT"), T0);
            await(topics, log -> statuses(log, "webhook").stream().filter(DELIVERED::equals).count() == 4);
            assertThat(deliveries.failure()).isEmpty();
        }
        assertThat(again.received()).extracting(Message::id).containsExactly("a1.2.1");
        assertThat(email.received()).extracting(Message::happening).containsOnly(Happening.CALL);
    }

    private static AlertWorkflowEvent event(String alertId, String id, WorkflowEventType type, Instant time) {
        return AlertWorkflowEvent.newBuilder().setEventId(id).setAlertId(alertId).setPatientId("p1").setType(type).setPriority(Priority.HIGH)
                .setLane(Lane.PHYSIOLOGICAL).setTime(time).build();
    }

    @Test
    void shouldSendOneDigestToAPersonAndEachAlertToASystem() throws Exception {
        // Given: alerts of two patients, and one that is over by now
        Topics topics = topics("digest.");
        for (String alert : List.of("b1", "c1", "d1")) {
            String patient = "p-" + alert;
            if (!alert.equals("d1")) {
                CLI.write(topics.worklist(), patient, worklist(patient, alert, WorkflowState.OPEN), T0);
            }
            Notification step = step(alert + ".1.1", "DIGEST");
            step.setAlertId(alert);
            step.setPatientId(patient);
            CLI.write(topics.notifications(), patient, step, T0);
        }
        var email = new ScriptedChannel("email", false);
        var webhook = new ScriptedChannel("webhook", false);
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, email, webhook)) {
            // When
            List<Notification> log = await(topics, all -> List.of("email", "webhook").stream()
                    .allMatch(channel -> statuses(all, channel).stream().filter(status -> status != PLANNED).count() == 4));
            // Then
            assertThat(log).filteredOn(one -> one.getAlertId().equals("d1") && one.getStatus() == CANCELLED).hasSize(2)
                    .extracting(Notification::getDetail).containsOnly("ALERT_OVER");
            assertThat(log).filteredOn(one -> one.getChannel().equals("email") && one.getStatus() == DELIVERED && !one.getAlertId().equals("a1")).hasSize(2)
                    .extracting(Notification::getReference).doesNotContain("").allMatch(reference -> reference.startsWith("r-digest."));
            assertThat(deliveries.failure()).isEmpty();
        }
        assertThat(webhook.received()).extracting(Message::id).containsExactlyInAnyOrder("a1.1.1", "b1.1.1", "c1.1.1");
        assertThat(email.received()).hasSize(2).last().satisfies(digest -> assertThat(digest.body()).contains("/alerts/b1", "/alerts/c1").doesNotContain("/alerts/d1"));
    }

    @Test
    void shouldEndVisiblyWhereTheReceiverRefusesOrTimeIsOver() throws Exception {
        Topics topics = topics("end.");
        var impatient = new Backoff(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20));
        var refuses = new ScriptedChannel("email", false, new Delivery.Permanent("no such mailbox (550)"));
        var busy = new ScriptedChannel("sms", false, new Delivery.Transient("busy"));
        try (Deliveries deliveries = start(topics, impatient, ANYBODY, refuses, busy)) {
            awaitLast(topics, "email", FAILED);
            List<Notification> log = awaitLast(topics, "sms", FAILED);
            assertThat(log).filteredOn(one -> one.getStatus() == FAILED).extracting(Notification::getDetail)
                    .containsExactlyInAnyOrder("no such mailbox (550)", "given up: busy");
            assertThat(deliveries.failure()).isEmpty();
        }
    }

    @Test
    void shouldNotCallForWhatIsDealtWithAndSayWhenNobodyCanBeReached() throws Exception {
        Topics topics = topics("late.");
        CLI.write(topics.worklist(), "p1", worklist(WorkflowState.ACKNOWLEDGED), T0);
        CLI.write(topics.notifications(), "p1", step("a1.1.2", "SECOND_CONTACT"), T0);
        Notification nobody = step("a1.1.3", "ON_CALL_LEAD");
        nobody.setRecipient("nobody-knows");
        CLI.write(topics.notifications(), "p1", nobody, T0);
        var email = new ScriptedChannel("email", false);
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, email)) {
            List<Notification> log = await(topics, all -> statuses(all, "email").stream().filter(CANCELLED::equals).count() == 2);
            assertThat(log).filteredOn(one -> one.getStatus() == CANCELLED).extracting(Notification::getDetail)
                    .containsExactlyInAnyOrder("SUPERSEDED", "ACKNOWLEDGED");
            assertThat(log).filteredOn(one -> one.getStatus() == FAILED).singleElement()
                    .satisfies(one -> assertThat(List.of(one.getRecipient(), one.getDetail())).containsExactly("nobody-knows", "NO_CONTACT"));
            assertThat(email.received()).isEmpty();
            assertThat(deliveries.failure()).isEmpty();
        }
    }

    @Test
    void shouldPassOverWhatNobodyCanDecodeButNeverTakeItForNoAlert() throws Exception {
        // Given
        Topics topics = topics("poison.");
        CLI.writeBytes(topics.notifications().name(), "p1", new byte[] {1, 2, 3}, T0);
        CLI.writeBytes(topics.worklist().name(), "p1", new byte[] {1, 2, 3}, T0);
        var email = new ScriptedChannel("email", false);
        try (Deliveries deliveries = start(topics, QUICK, ANYBODY, email)) {
            // When
            List<Notification> log = await(topics, all -> statuses(all, "email").contains(RETRYING));
            // Then
            assertThat(log).last().satisfies(one -> assertThat(one.getDetail()).isEqualTo("the worklist cannot be decoded"));
            assertThat(email.received()).isEmpty();
            CLI.write(topics.worklist(), "p1", worklist(WorkflowState.OPEN), T0);
            await(topics, all -> statuses(all, "email").contains(DELIVERED));
            assertThat(email.received()).hasSize(1);
            assertThat(deliveries.failure()).isEmpty();
        }
    }

    @Test
    void shouldListTheOthersWhereOneWorklistCannotBeDecoded() throws Exception {
        // Given
        Topics topics = topics("list.");
        CLI.done("consent", "apply", CLI.file("list.yaml", "consents: [{patient: p1, status: active, permit: [{purpose: TREAT}]}]\n").toString(),
                "--prefix", "list.");
        CLI.writeBytes(topics.worklist().name(), "p2", new byte[] {1, 2, 3}, T0);
        // When
        Outcome outcome = CLI.run("alert", "list", "--output", "json", "--prefix", "list.");
        // Then
        assertThat(outcome.out().lines()).singleElement().asString().contains("\"a1\"");
        assertThat(outcome.err()).contains("list.worklist.v1, partition 0, offset 1 cannot be decoded").doesNotContain("p2");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    @Tag("ethics")
    void shouldSendNothingWithoutConsentAndWriteDownWhatItDecides() throws Exception {
        // Given
        Topics topics = topics("gate.");
        CLI.done("consent", "apply", CLI.file("gate.yaml", "consents: [{patient: p1, status: active, permit: [{purpose: HRESCH}]}]\n").toString(),
                "--prefix", "gate.");
        var email = new ScriptedChannel("email", false);
        try (var gate = new NotificationGate(viewer -> Gates.open(CLI.cluster("gate."), Egress.NOTIFICATION, viewer, patient -> true));
                Deliveries deliveries = start(topics, QUICK, gate, email)) {
            // When
            List<Notification> denied = awaitLast(topics, "email", CANCELLED);
            CLI.done("consent", "apply", CLI.file("gate.yaml", "consents: [{patient: p1, status: active, permit: [{purpose: TREAT}]}]\n").toString(),
                    "--prefix", "gate.");
            CLI.write(topics.notifications(), "p1", step("a1.2.1", "FIRST_CONTACT"), T0);
            awaitLast(topics, "email", DELIVERED);
            // Then
            assertThat(denied).last().satisfies(one -> assertThat(one.getDetail()).isEqualTo("WITHHELD"));
            assertThat(email.received()).extracting(Message::id).containsExactly("a1.2.1");
            assertThat(CLI.read(topics.violations())).singleElement().satisfies(violation -> {
                assertThat(violation.getStage()).isEqualTo(ViolationStage.DISCLOSE);
                assertThat(List.of(violation.getPurpose(), violation.getActor())).containsExactly("TREAT", "nurse-1");
            });
            assertThat(CLI.read(topics.disclosures())).singleElement().satisfies(entry ->
                    assertThat(List.of(entry.getEgress(), entry.getActor(), entry.getPatientId())).containsExactly("notification", "nurse-1", "p1"));
            assertThat(deliveries.failure()).isEmpty();
        }
    }

    private static Notification step(String id, String step) {
        return Notification.newBuilder().setNotificationId(id).setAlertId("a1").setPatientId("p1").setChannel("").setRecipient("nurse-1")
                .setStatus(PLANNED).setTime(Instant.now()).setStep(step).setDue(T0.plusSeconds(id.charAt(id.length() - 1))).setPriority(Priority.HIGH)
                .setLane(Lane.PHYSIOLOGICAL).build();
    }

    private static WorklistItem worklist(WorkflowState state) {
        return worklist("p1", "a1", state);
    }

    private static WorklistItem worklist(String patient, String alertId, WorkflowState state) {
        WorklistAlert alert = WorklistAlert.newBuilder().setAlertId(alertId).setRule("SPO2_CRIT").setFamily("SPO2").setPriority(Priority.HIGH)
                .setHighest(Priority.HIGH).setLane(Lane.PHYSIOLOGICAL).setState(state).setEpisodeStart(T0).setRaised(T0).setUpdated(T0)
                .setText("SpO2 below its limit.").setMembers(List.of()).setTags(List.of()).setBasis(List.of(new AlertBasis("finger-7", "spo2", T0))).build();
        return WorklistItem.newBuilder().setAlertId(alertId).setPatientId(patient).setRule("SPO2_CRIT").setFamily("SPO2").setPriority(Priority.HIGH)
                .setLane(Lane.PHYSIOLOGICAL).setState(state).setEpisodeStart(T0).setUpdated(T0).setAlerts(List.of(alert)).build();
    }
}
