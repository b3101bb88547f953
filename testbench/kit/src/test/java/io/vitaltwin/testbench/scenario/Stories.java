package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.News2Score;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.VerdictCounts;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Scenarios and outputs made by hand, all about the patient p1 from midnight on. */
final class Stories {

    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    static final Path FILE = Path.of("told.yaml");
    /** Made before any record is: the catalogue tells Avro that it may load them. */
    static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX, 1);

    /** Begins on line 1 and has ten lines. */
    static final String HEAD = """
            scenario: told
            title: A story
            start: 2026-03-02T00:00:00Z
            until: PT30M
            patients:
              - {id: p1, birthDate: 1960-01-01}
            devices:
              - {id: oxi1, patient: p1, kind: finger-oximeter, grade: MEDICAL_HOME, vitals: [spo2], interval: PT1M}
              - {id: w1, patient: p1, kind: watch, grade: CONSUMER, vitals: [heart_rate], interval: PT1M}
              - {id: cuff1, patient: p1, kind: cuff, grade: MEDICAL_HOME, vitals: [bp_systolic, bp_diastolic]}
            """;

    /** Ten readings, a minute apart, from the start on; arrive two seconds later. */
    static final String TEN_READINGS = """
            series:
              - {device: oxi1, vital: spo2, unit: "%", every: PT1M, values: ["95x10"]}
            """;

    private Stories() {
    }

    static Scenario scenario(String... parts) {
        return ScenarioFile.parse(FILE, HEAD + String.join("", parts));
    }

    static ScenarioPlan plan(String... parts) {
        return ScenarioPlan.of(scenario(parts));
    }

    static Instant at(String offset) {
        return START.plus(Offsets.parse(offset));
    }

    static AlertEvent alert(String id, String rule, String family, AlertEventType event, Priority priority, String effective) {
        Instant time = at(effective);
        return AlertEvent.newBuilder().setAlertId(id).setPatientId("p1").setRule(rule).setFamily(family).setEvent(event)
                .setPriority(priority).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(time).setEffectiveTime(time)
                .setAppendTime(time.plusSeconds(2)).setText("Oxygen is low, unverified.").setTags(List.of("PARTIAL"))
                .setEvidence(List.of(Evidence.newBuilder().setRole("last").setTopic(TOPICS.readings().name()).setPartition(0).setOffset(7)
                        .setDeviceId("oxi1").setVital("spo2").setUnit("%").setEffectiveTime(time).build()))
                .setRuleSetVersion("1").build();
    }

    static AlertEvent raised(String rule, Priority priority, String effective) {
        return alert("a1", rule, "SPO2", AlertEventType.RAISED, priority, effective);
    }

    static QualityFlag flag(String effective, Verdict verdict, String... reasons) {
        return QualityFlag.newBuilder().setPatientId("p1").setDeviceId("oxi1").setVital("spo2").setEffectiveTime(at(effective))
                .setVerdict(verdict).setReasons(List.of(reasons)).setRuleVersion("1").setAppendTime(at(effective).plusSeconds(2)).build();
    }

    static ConsentViolation violation(ViolationReason reason, ViolationStage stage, String vital, String first, String last, long count) {
        return ConsentViolation.newBuilder().setPatientId("p1").setDeviceHash("h").setVital(vital).setPurpose("TREAT").setActor("twin")
                .setStage(stage).setReason(reason).setFirstTime(at(first)).setLastTime(at(last)).setCount(count).build();
    }

    static TwinSnapshot.Builder snapshot(String append, long applied) {
        return TwinSnapshot.newBuilder().setPatientId("p1").setAppendTime(at(append)).setFates(new Fates(applied, 0L, 0L, 0L, 0L))
                .setVerdicts(new VerdictCounts(0L, 0L, 0L));
    }

    static TwinSnapshot scored(String append, String effective, int knownSum, int maxPossible) {
        return snapshot(append, 10).setNews2(News2Score.newBuilder().setEffectiveTime(at(effective)).setKnownSum(knownSum)
                .setMaxPossible(maxPossible).setComplete(knownSum == maxPossible).build()).build();
    }

    static Observed alerts(AlertEvent... events) {
        return new Observed(List.of(events), List.of(), List.of(), List.of(snapshot("PT10M", 10).build()), List.of(), List.of(), List.of());
    }

    static Observed flags(QualityFlag... flags) {
        return new Observed(List.of(), List.of(), List.of(flags), List.of(snapshot("PT10M", 10).build()), List.of(), List.of(), List.of());
    }

    static Observed violations(ConsentViolation... violations) {
        return new Observed(List.of(), List.of(violations), List.of(), List.of(snapshot("PT10M", 10).build()), List.of(), List.of(), List.of());
    }

    static Observed twins(TwinSnapshot... twins) {
        return new Observed(List.of(), List.of(), List.of(), List.of(twins), List.of(), List.of(), List.of());
    }

    /** Everything a scenario of ten readings expects, against what came. */
    static List<String> compare(String expect, Observed observed) {
        return Comparison.differences(plan(TEN_READINGS, expect), observed, TOPICS.readings().name());
    }

    static Duration length(String text) {
        return Offsets.parse(text);
    }
}
