package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Point;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BP_LOW: a low systolic pressure in two readings. A normal one between them begins anew. A fast pulse makes it HIGH, also one that comes
 * afterwards.
 *
 * @see "CLINICAL.md sections 3.0, 3.11"
 */
final class LowPressureRule {

    /** A pulse stays current for 15 min: CR 1.2. */
    private static final long PULSE_TTL_MILLIS = 15 * 60_000L;

    private LowPressureRule() {
    }

    static void onPressure(Turn turn, PressureMemory memory, Pressure now) {
        Point point = now.systolic().filter(Pressure::isUsable).orElse(null);
        if (point == null) {
            return;
        }
        long systolic = now.systolicMilli().orElseThrow();
        if (systolic <= turn.rules().milli(RuleId.BP_LOW, "on")) {
            low(turn, memory, now);
        } else if (systolic >= turn.rules().milli(RuleId.BP_LOW, "off") && Pressure.isSound(point)) {
            better(turn, memory, now);
        }
    }

    private static void low(Turn turn, PressureMemory memory, Pressure now) {
        if (turn.twin().holds(RuleId.BP_LOW) && memory.lowFirst.isPresent()) {
            memory.lowLast = later(memory.lowLast, now);
            raise(turn, memory, now.effectiveMillis());
            return;
        }
        Pressure match = memory.lowFirst.filter(known -> confirms(turn, known, now))
                .or(() -> memory.lowLast.filter(known -> confirms(turn, known, now))).orElse(null);
        if (match == null) {
            long oldest = now.effectiveMillis() - turn.rules().milli(RuleId.BP_LOW, "maxSeconds");
            memory.lowFirst = memory.lowFirst.filter(known -> known.effectiveMillis() >= oldest)
                    .or(() -> memory.lowLast.filter(known -> known.effectiveMillis() >= oldest)).or(() -> Optional.of(now));
            memory.lowLast = later(memory.lowLast, now);
            return;
        }
        boolean inOrder = match.effectiveMillis() <= now.effectiveMillis();
        memory.lowFirst = Optional.of(inOrder ? match : now);
        memory.lowLast = Optional.of(inOrder ? now : match);
        raise(turn, memory, memory.lowLast.get().effectiveMillis());
    }

    private static Optional<Pressure> later(Optional<Pressure> known, Pressure now) {
        return known.filter(one -> one.effectiveMillis() > now.effectiveMillis()).or(() -> Optional.of(now));
    }

    private static boolean confirms(Turn turn, Pressure one, Pressure other) {
        long apart = Math.abs(other.effectiveMillis() - one.effectiveMillis());
        return apart >= turn.rules().milli(RuleId.BP_LOW, "minSeconds") && apart <= turn.rules().milli(RuleId.BP_LOW, "maxSeconds");
    }

    private static void better(Turn turn, PressureMemory memory, Pressure now) {
        boolean older = memory.lowLast.filter(last -> now.effectiveMillis() <= last.effectiveMillis()).isPresent();
        boolean weaker = memory.lowFirst.filter(first -> !now.trust().isAtLeast(first.trust())).isPresent()
                || memory.lowLast.filter(last -> !now.trust().isAtLeast(last.trust())).isPresent();
        if (older || weaker) {
            return;
        }
        memory.lowFirst = Optional.empty();
        memory.lowLast = Optional.empty();
        Episodes.release(turn, RuleId.BP_LOW, now.effectiveMillis(), now.proofs("last"));
    }

    /** Another reading, or a symptom, may make what is open worse. */
    static void reconsider(Turn turn, PressureMemory memory, long atMillis) {
        if (turn.twin().holds(RuleId.BP_LOW)) {
            raise(turn, memory, atMillis);
        }
    }

    private static void raise(Turn turn, PressureMemory memory, long atMillis) {
        if (memory.lowFirst.isEmpty() || memory.lowLast.isEmpty()) {
            return;
        }
        Pressure first = memory.lowFirst.get();
        Pressure last = memory.lowLast.get();
        RuleId rule = RuleId.BP_LOW;
        long fast = turn.rules().milli(rule, "pulse");
        List<Proof> pulses = Corroboration.readings(turn, Vital.HEART_RATE, "", last.effectiveMillis(), PULSE_TTL_MILLIS, milli -> milli >= fast);
        boolean supported = !pulses.isEmpty() || !first.deviceId().equals(last.deviceId())
                || Corroboration.symptom(turn, last.effectiveMillis(), Corroboration.WINDOW_MILLIS);
        Priority ceiling = turn.rules().of(rule).priority();
        Priority priority = pulses.isEmpty() ? ceiling.atMost(Priority.MEDIUM) : ceiling;
        int tags = supported ? Tag.CORROBORATED.bit() : 0;
        tags |= isDoubted(first) || isDoubted(last) ? Tag.SUSPECT_INPUT.bit() : 0;
        if (first.trust() != Trust.VALIDATED && last.trust() != Trust.VALIDATED) {
            tags |= Tag.UNVERIFIED.bit();
            priority = priority.atMost(supported ? Priority.MEDIUM : Priority.LOW);
        }
        if (!Episodes.isNews(turn, rule, priority)) {
            return;
        }
        List<Proof> evidence = new ArrayList<>(first.proofs("first"));
        evidence.addAll(last.proofs("repeat"));
        evidence.addAll(pulses);
        String text = Texts.fill(turn.rules(), rule, Map.of("value", first.text(), "repeat", last.text(), "device", last.device()))
                + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(rule, priority, first.effectiveMillis(), Math.max(atMillis, last.effectiveMillis()), tags, text, evidence));
    }

    private static boolean isDoubted(Pressure reading) {
        return reading.systolic().filter(point -> !Pressure.isSound(point)).isPresent();
    }
}
