package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.state.TwinState;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One patient before the rules: a plan, a twin, and what the rules said. Times are whole seconds since {@link #T0}. */
public final class RuleBench {

    public static final long T0 = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    public static final int MINUTE = 60;
    public static final int HOUR = 3_600;
    private static final RuleSet BUNDLED = RuleSetFile.bundled();

    private final List<AlertChange> alerts = new ArrayList<>();
    private final Map<String, Device> devices = new HashMap<>();
    private final List<Plan.Baseline> baselines = new ArrayList<>();
    private final Map<Vital, Long> cadences = new HashMap<>();
    private TwinState twin = new TwinState();
    private Set<String> collected = Set.of();
    private Optional<Boolean> oxygen = Optional.empty();
    private RuleSet rules = BUNDLED;
    private final Set<String> conditions = new HashSet<>();
    private final Map<String, String> attributes = new HashMap<>();
    private ZoneId zone = ZoneOffset.UTC;
    private PatientFacts facts = PatientFacts.NONE;
    private int scale = 1;
    private boolean scored = true;
    private long nowMillis = T0;
    private long offset;

    public static RuleBench adult() {
        return new RuleBench();
    }

    RuleBench scale2() {
        scale = 2;
        return this;
    }

    RuleBench scale1() {
        scale = 1;
        return this;
    }

    RuleBench onOxygen(boolean prescribed) {
        oxygen = Optional.of(prescribed);
        return this;
    }

    RuleBench has(String condition) {
        conditions.add(condition);
        return this;
    }

    RuleBench attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    RuleBench livesIn(ZoneId where) {
        zone = where;
        return this;
    }

    RuleBench is(PatientFacts person) {
        facts = person;
        return this;
    }

    RuleBench unscored() {
        scored = false;
        return this;
    }

    RuleBench collects(Vital... vitals) {
        collected = Arrays.stream(vitals).map(Vital::id).collect(Collectors.toSet());
        return this;
    }

    RuleBench cadence(Vital vital, Duration interval) {
        cadences.put(vital, interval.toMillis());
        return this;
    }

    RuleBench sleepingPulse(double perMinute) {
        baselines.add(new Plan.Baseline(Vital.HEART_RATE, Context.SLEEP, milli(perMinute), 1_000, 28));
        return this;
    }

    RuleBench override(RuleId rule, String parameter, double value) {
        rules = rules.with(Map.of(rule.name(), Map.of(parameter, value)));
        return this;
    }

    /** Another rule set, such as one with rules of its own. */
    RuleBench rules(RuleSet other) {
        rules = other;
        return this;
    }

    public Plan plan() {
        return new Plan(facts, conditions, scale, oxygen, collected, cadences, devices, scored, baselines, zone, attributes, rules);
    }

    public TwinState twin() {
        return twin;
    }

    /** Puts another twin in its place, such as one that was stored and read again. */
    public void twin(TwinState other) {
        twin = other;
    }

    /** A device of this grade that sends this vital. UNKNOWN: one that nobody registered. */
    public Feed feed(Vital vital, Grade grade, Duration interval) {
        return feed(vital.id() + "-" + grade, vital, grade, interval);
    }

    public Feed feed(String deviceId, Vital vital, Grade grade, Duration interval) {
        return feed(deviceId, "monitor", vital, grade, interval);
    }

    Feed feed(String deviceId, String kind, Vital vital, Grade grade, Duration interval) {
        Device device = grade == Grade.UNKNOWN ? Device.unregistered(deviceId)
                : new Device(deviceId, kind, grade, Set.of(vital), interval.toMillis(), Long.MIN_VALUE, Long.MAX_VALUE);
        if (device.isRegistered()) {
            devices.put(deviceId, device);
        }
        return new Feed(this, vital, device, interval.toMillis());
    }

    /** A device of this kind, registered. Once in twelve hours. */
    Device device(String id, String kind, Grade grade, Vital... vitals) {
        Device device = new Device(id, kind, grade, Set.of(vitals), Duration.ofHours(12).toMillis(), Long.MIN_VALUE, Long.MAX_VALUE);
        devices.put(id, device);
        return device;
    }

    RuleBench baseline(Vital vital, Context context, double median, double mad) {
        baselines.add(new Plan.Baseline(vital, context, milli(median), milli(mad), 28));
        return this;
    }

    /** Lets what is due until this second happen, each at its own time. */
    RuleBench until(long second) {
        long until = millis(second);
        for (long due = twin.parts().nextDue(); due <= until; due = twin.parts().nextDue()) {
            Rules.onDue(turn((due - T0) / 1000), due);
        }
        turn(second);
        return this;
    }

    RuleBench symptom(long second, String words) {
        SymptomRule.onSymptom(turn(second), words, millis(second));
        return this;
    }

    boolean dispute(long second, RuleId rule) {
        return SymptomRule.onDispute(turn(second), rule, millis(second));
    }

    public RuleBench set(long second) {
        Rules.onSet(turn(second), millis(second));
        return this;
    }

    /** A turn whose now is this second; time never goes back. */
    public Turn turn(long second) {
        nowMillis = Math.max(nowMillis, millis(second));
        twin.seen(nowMillis, offset);
        return new Turn(twin, plan(), nowMillis, alerts::add);
    }

    long nextOffset() {
        return ++offset;
    }

    /** What was said, oldest first, such as {@code RAISED SPO2_LOW MEDIUM 120}: event, rule, priority, effective second. */
    public List<String> log() {
        return alerts.stream().map(RuleBench::line).toList();
    }

    /** Only what a nurse is told. */
    List<String> told() {
        return log().stream().filter(line -> line.startsWith("RAISED") || line.startsWith("UPGRADED")).toList();
    }

    List<AlertChange> alerts() {
        return alerts;
    }

    AlertChange alert(int place) {
        return alerts.get(place);
    }

    private static String line(AlertChange change) {
        return change.event() + " " + change.ruleName() + " " + change.priority() + " " + second(change.effectiveMillis());
    }

    static long second(long millis) {
        return (millis - T0) / 1000;
    }

    static long millis(long second) {
        return T0 + second * 1000;
    }

    static long milli(double value) {
        return BigDecimal.valueOf(value).movePointRight(3).longValueExact();
    }

    static Value code(char letter) {
        return new Value(Value.Kind.CODE, letter, Unit.CODE);
    }
}
