package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.adapter.trial.PatientHistory;
import io.vitaltwin.twin.adapter.trial.VirtualTrial;
import io.vitaltwin.twin.core.trial.AlarmEpisode;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.IDS;
import static io.vitaltwin.twin.topology.Story.OXIMETER;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.TOPICS;
import static io.vitaltwin.twin.topology.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

/** A virtual trial and a look back on one patient's log. */
class VirtualTrialTest {

    private static final VirtualTrial TRIAL =
            new VirtualTrial(new PatientFold.Settings(TOPICS, IDS, RuleSetFile.bundled(), Duration.ofSeconds(1)));
    private static final Instant END = at(30 * 60);

    @Test
    void shouldRaiseTheSameWithoutChangesAsWasReallyRaised() {
        // Given
        List<Input> inputs = lowSaturations();
        try (DrivenTwin twin = new DrivenTwin().play(inputs).tick(Duration.ofMinutes(10))) {
            PatientHistory history = history(inputs, twin.alerts(ANN), Optional.empty());
            // When
            VirtualTrial.Result result = TRIAL.run(history, at(-3_600), Changes.NONE);
            // Then
            assertThat(result.comparison().isSame()).isTrue();
            assertThat(result.was()).isNotEmpty();
            assertThat(result.record()).isEqualTo(new VirtualTrial.Record(result.was().size(), 0, 0, Set.of(RuleSetFile.bundled().version())));
            assertThat(result.origin().from()).contains(at(-60));
            assertThat(result.origin().missing()).isEmpty();
        }
    }

    @Test
    void shouldRaiseNothingUnderALimitThatTheReadingsDoNotReach() {
        PatientHistory history = history(lowSaturations(), List.of(), Optional.empty());
        VirtualTrial.Result result = TRIAL.run(history, at(-10), plan(Map.of("SPO2_LOW", Map.of("on", 80.0), "SPO2_CRIT", Map.of("on", 78.0))));
        assertThat(families(result.was())).contains("SPO2");
        assertThat(families(result.would())).doesNotContain("SPO2");
        assertThat(families(result.comparison().removed())).contains("SPO2");
        assertThat(result.comparison().added()).isEmpty();
        assertThat(result.record().onlyFolded()).isEqualTo(result.was().size());
    }

    @Test
    void shouldMoveAnAlertThatAPlanWantsLater() {
        PatientHistory history = history(lowSaturations(), List.of(), Optional.empty());
        VirtualTrial.Result result = TRIAL.run(history, at(-10), plan(Map.of("SPO2_LOW", Map.of("onSeconds", 300.0), "SPO2_CRIT", Map.of("onSeconds", 300.0))));
        assertThat(result.comparison().pairs()).filteredOn(pair -> pair.was().family().equals("SPO2"))
                .singleElement().satisfies(pair -> assertThat(pair.movedBy()).isPositive());
    }

    /** The changes begin with the span: what was raised before is not looked at, and an open alert stays open until the rules end it. */
    @Test
    void shouldLeaveThePastAsItWas() {
        PatientHistory history = history(lowSaturations(), List.of(), Optional.empty());
        VirtualTrial.Result result = TRIAL.run(history, at(15 * 60), new Changes(Optional.empty(), Optional.empty(), Map.of(), Set.of(PATCH)));
        assertThat(families(result.was())).doesNotContain("SPO2");
        assertThat(result.then().orElseThrow().getOpenAlerts()).isEqualTo(result.now().orElseThrow().getOpenAlerts());
        assertThat(result.then().orElseThrow().getFates()).isEqualTo(result.now().orElseThrow().getFates());
    }

    @Test
    void shouldNameADeviceThatNoPlanOfTheSpanKnows() {
        PatientHistory history = history(lowSaturations(), List.of(), Optional.empty());
        Changes changes = new Changes(Optional.empty(), Optional.empty(), Map.of(), Set.of("watch-9", OXIMETER));
        // The plan itself comes after the beginning of the span: at its end the oximeter is known.
        assertThat(TRIAL.run(history, at(-3_600), changes).unknownDevices()).containsExactly("watch-9");
        assertThat(TRIAL.run(history, at(0), changes).unknownDevices()).containsExactly("watch-9");
    }

    @Test
    void shouldShowTheTwinAsItWas() {
        // Given
        List<Input> inputs = lowSaturations();
        PatientHistory history = history(inputs, List.of(), Optional.empty());
        Instant then = at(200);
        try (DrivenTwin twin = new DrivenTwin().play(inputs.stream().filter(input -> !input.at().isAfter(then)).toList()).play(Story.tick(then))) {
            // When
            VirtualTrial.Rewound rewound = TRIAL.rewind(history, then);
            // Then
            assertThat(rewound.twin().orElseThrow().encode(io.vitaltwin.twin.core.state.TwinState.scratch()))
                    .isEqualTo(twin.stored(TwinStores.TWINS, ANN).get(ANN));
            assertThat(rewound.snapshot().orElseThrow().getAppendTime()).isEqualTo(then);
            assertThat(rewound.snapshot().orElseThrow().getFates()).isEqualTo(twin.fates(ANN));
        }
    }

    @Test
    void shouldKnowNothingBeforeTheFirstRecord() {
        PatientHistory history = history(lowSaturations(), List.of(), Optional.empty());
        assertThat(TRIAL.rewind(history, at(-61)).snapshot()).isEmpty();
        assertThat(TRIAL.rewind(history, at(-61)).origin().from()).isEmpty();
        assertThat(TRIAL.rewind(history, at(-60)).snapshot()).isPresent();
    }

    @Test
    void shouldSayWhatTheLogNoLongerHolds() {
        // Given: the plan that is kept came after the first readings, and older readings are gone
        List<Input> inputs = new ArrayList<>(Story.lowSaturations(ANN, 0, 2));
        inputs.add(Story.plan(ANN, at(100)));
        inputs.add(Story.permit(ANN, "1", at(101)));
        // When
        VirtualTrial.Origin origin = TRIAL.rewind(history(inputs, List.of(), Optional.of(at(-5))), END).origin();
        // Then
        assertThat(origin.missing()).hasSize(2);
        assertThat(origin.missing().getFirst()).contains(at(-5).toString());
        assertThat(origin.missing().getLast()).startsWith("3 records").contains(at(100).toString());
    }

    private static Changes plan(Map<String, Map<String, Double>> rules) {
        PatientContext plan = PatientContext.newBuilder().setPatientId("template").setNews2(false).setRules(rules)
                .setDevices(List.of(Story.device(OXIMETER, "finger-oximeter", Duration.ofSeconds(30), "spo2"),
                        Story.device(PATCH, "patch", Duration.ofMinutes(1), "heart_rate", "steps"))).build();
        return new Changes(Optional.of(plan), Optional.empty(), Map.of(), Set.of());
    }

    private static List<String> families(List<AlarmEpisode> episodes) {
        return episodes.stream().map(AlarmEpisode::family).toList();
    }

    private static List<Input> lowSaturations() {
        List<Input> inputs = new ArrayList<>(List.of(Story.plan(ANN, at(-60)), Story.permit(ANN, "1", at(-59))));
        inputs.addAll(Story.lowSaturations(ANN, 0, 40));
        return inputs;
    }

    private static PatientHistory history(List<Input> inputs, List<AlertEvent> alerts, Optional<Instant> readingsFrom) {
        List<LogRecord> records = new ArrayList<>();
        long readings = 0;
        for (Input input : inputs) {
            boolean reading = input.topic().equals("readings");
            records.add(new LogRecord(TOPICS.prefix() + input.topic() + ".v1", 0, reading ? readings++ : 0, input.at().toEpochMilli(), input.value()));
        }
        return new PatientHistory(ANN, 0, records, alerts, readingsFrom, END);
    }
}
