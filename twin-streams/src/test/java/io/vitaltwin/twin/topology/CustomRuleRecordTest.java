package io.vitaltwin.twin.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.InformationType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.AlertId;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.TOPICS;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.pulse;
import static io.vitaltwin.twin.topology.Story.saturation;
import static org.assertj.core.api.Assertions.assertThat;

/** Rules of the rule set's own through the whole topology: what is written about them. */
class CustomRuleRecordTest {

    private static final String CUSTOM = """
            custom:
              PULSE_UP:
                when: latest.heart_rate.value > 100.0
                for: PT2M
                priority: MEDIUM
                text: "Pulse {heart_rate} over {held}."
                source: house rule 7
              PULSE_LOST:
                when: age.heart_rate >= duration('10m')
                priority: LOW
                text: No pulse for ten minutes.
                source: house rule 8
              PULSE_AND_OXYGEN:
                when: latest.heart_rate.value / (latest.spo2.value - 95.0) > 1.0
                priority: LOW
                text: Both.
                source: house rule 9
            """;

    @TempDir
    private Path folder;
    private Path rules;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void writeRules() throws IOException {
        rules = folder.resolve("own.yaml");
        try (InputStream in = RuleSetFile.class.getResourceAsStream("/io/vitaltwin/twin/rules.yaml")) {
            assertThat(in).isNotNull();
            Files.writeString(rules, new String(in.readAllBytes(), StandardCharsets.UTF_8) + CUSTOM);
        }
    }

    private DrivenTwin twin() {
        return new DrivenTwin(config -> config.withRuleSet(rules), meters);
    }

    private static Input pulseAt(String patient, long second, double value) {
        return batch(patient, PATCH, at(second + 1), pulse(at(second), value));
    }

    private static List<String> lines(DrivenTwin twin, String patient) {
        return twin.alerts(patient).stream().map(alert -> alert.getEvent() + " " + alert.getRule() + " " + alert.getFamily() + " "
                + Duration.between(Story.T0, alert.getEffectiveTime()).toSeconds()).toList();
    }

    @Test
    void shouldWriteAnAlertUnderTheRulesOwnName() {
        try (DrivenTwin twin = twin().enrol(ANN)) {
            twin.play(pulseAt(ANN, 0, 110), pulseAt(ANN, 60, 111), pulseAt(ANN, 120, 112), pulseAt(ANN, 180, 90));

            assertThat(lines(twin, ANN)).containsExactly("RAISED PULSE_UP CUSTOM:PULSE_UP 120", "CLEARED PULSE_UP CUSTOM:PULSE_UP 180");
            AlertEvent raised = twin.alerts(ANN).getFirst();
            assertThat(raised.getAlertId()).isEqualTo(AlertId.of(ANN, "CUSTOM:PULSE_UP", Story.T0.toEpochMilli()))
                    .isEqualTo(twin.alerts(ANN).getLast().getAlertId());
            assertThat(raised.getText()).isEqualTo("Own rule PULSE_UP: Pulse 112 /min over 2 minutes.");
            assertThat(raised.getPriority()).isEqualTo(Priority.MEDIUM);
            assertThat(raised.getLane()).isEqualTo(Lane.PHYSIOLOGICAL);
            assertThat(raised.getInformationType()).isEqualTo(InformationType.DESCRIPTIVE);
            assertThat(raised.getThresholds()).containsEntry("PULSE_UP.forSeconds", 120.0);
            assertThat(raised.getEvidence()).singleElement().satisfies(evidence -> {
                assertThat(evidence.getRole()).isEqualTo("input");
                assertThat(evidence.getVital()).isEqualTo("heart_rate");
                assertThat(evidence.getEffectiveTime()).isEqualTo(at(120));
            });
            assertThat(meters.counter("vitaltwin.alert.events", "rule", "PULSE_UP", "event", "RAISED").count()).isEqualTo(1);
        }
    }

    @Test
    void shouldShowAnOpenOneInTheSnapshot() {
        try (DrivenTwin twin = twin().enrol(ANN)) {
            twin.play(pulseAt(ANN, 0, 110), pulseAt(ANN, 60, 111), pulseAt(ANN, 120, 112)).tick(Duration.ofSeconds(3));

            assertThat(twin.snapshot(ANN).getOpenAlerts()).singleElement().satisfies(open -> {
                assertThat(open.getRule()).isEqualTo("PULSE_UP");
                assertThat(open.getFamily()).isEqualTo("CUSTOM:PULSE_UP");
                assertThat(open.getAlertId()).isEqualTo(twin.alerts(ANN).getFirst().getAlertId());
            });
        }
    }

    @Test
    void shouldRaiseByTimeAlone() {
        try (DrivenTwin twin = twin().enrol(ANN)) {
            twin.play(pulseAt(ANN, 0, 70)).tick(Duration.ofMinutes(11));

            assertThat(lines(twin, ANN)).containsExactly("RAISED PULSE_LOST CUSTOM:PULSE_LOST 600");
            assertThat(twin.alerts(ANN).getFirst().getEffectiveTime()).isEqualTo(at(600));
        }
    }

    @Test
    void shouldDecideTheSameWhateverTicksThereAre() {
        List<List<String>> all = new ArrayList<>();
        for (Duration every : List.of(Duration.ofSeconds(1), Duration.ofSeconds(7), Duration.ofMinutes(5))) {
            try (DrivenTwin twin = twin().enrol(ANN).enrol(BEN)) {
                twin.play(pulseAt(ANN, 0, 110), pulseAt(BEN, 30, 70)).tick(Duration.ofMinutes(15), every)
                        .play(pulseAt(ANN, 960, 111), pulseAt(BEN, 970, 70)).tick(Duration.ofMinutes(15), every);
                all.add(bytes(twin));
            }
        }
        assertThat(all.getFirst()).hasSizeGreaterThan(4);
        assertThat(all).allMatch(all.getFirst()::equals);
    }

    private static List<String> bytes(DrivenTwin twin) {
        return twin.records(TOPICS.alerts()).stream().map(TestRecord::value).map(HexFormat.of()::formatHex).sorted().toList();
    }

    @Test
    void shouldTellOnceAndCountEachTimeThatARuleCannotBeComputed() {
        try (DrivenTwin twin = twin().enrol(ANN)) {
            twin.play(batch(ANN, OXIMETER, at(1), saturation(at(0), 95)), pulseAt(ANN, 10, 70), pulseAt(ANN, 70, 71),
                    batch(ANN, OXIMETER, at(91), saturation(at(90), 96)));

            assertThat(twin.alerts(ANN)).extracting(AlertEvent::getRule).containsExactly("CUSTOM_RULE_FAILED", "CUSTOM_RULE_FAILED", "PULSE_AND_OXYGEN");
            AlertEvent technical = twin.alerts(ANN).getFirst();
            assertThat(technical.getLane()).isEqualTo(Lane.TECHNICAL);
            assertThat(technical.getPriority()).isEqualTo(Priority.LOW);
            assertThat(technical.getFamily()).isEqualTo("CUSTOM_FAULT:PULSE_AND_OXYGEN");
            assertThat(twin.alerts(ANN).get(1).getEvent()).isEqualTo(AlertEventType.CLEARED);
            assertThat(meters.counter("vitaltwin.rule.failures", "rule", "PULSE_AND_OXYGEN", "problem", "DIVISION_BY_ZERO").count()).isEqualTo(2);
        }
    }

    @Test
    void shouldEndWhenConsentIsWithdrawn() {
        try (DrivenTwin twin = twin().enrol(ANN)) {
            twin.play(pulseAt(ANN, 0, 110), pulseAt(ANN, 60, 111), pulseAt(ANN, 120, 112), Story.withdraw(ANN, "2", at(150)));

            assertThat(lines(twin, ANN)).contains("CLEARED PULSE_UP CUSTOM:PULSE_UP 150");
            assertThat(twin.alerts(ANN, AlertEventType.CLEARED).getFirst().getEndReason()).isEqualTo("CONSENT_WITHDRAWN");
            assertThat(twin.alerts(ANN, AlertEventType.CLEARED).getFirst().getEvidence()).isEmpty();
            twin.tick(Duration.ofMinutes(15));
            assertThat(lines(twin, ANN)).noneMatch(line -> line.contains("PULSE_LOST"));
        }
    }
}
