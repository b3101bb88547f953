package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Point;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A very high blood pressure: the patient is asked to measure again (REPEAT_REQUEST); a second severe reading confirms the first (BP_SEVERE); when
 * none comes in time the first is told alone (BP_SEVERE_UNCONFIRMED).
 *
 * <p>Two readings confirm each other whichever came first. What raised is taken back only by a device that is trusted as much.
 *
 * @see "CLINICAL.md sections 3.0, 3.3, 3.11, 3.12.6, 3.12.14"
 */
final class SeverePressureRule {

    /** A reading of the past that comes late may be followed by its repeat: it is waited for that long at least (project default, no source). */
    private static final long AT_LEAST_MILLIS = 60_000;

    /** Half of a display's step, for the gate: CR 3.11.1. */
    private static final double HALF_STEP = 0.5;

    private SeverePressureRule() {
    }

    static void onPressure(Turn turn, PressureMemory memory, Pressure now) {
        if (reaches(turn, now, true)) {
            severe(turn, memory, now);
        } else if (reaches(turn, now, false)) {
            doubtful(turn, memory, now);
        } else if (now.isSound() && now.trust() != Trust.CUFFLESS) {
            below(turn, memory, now);
        }
    }

    /** Whether a half is severe: of what is usable, or of anything. */
    private static boolean reaches(Turn turn, Pressure now, boolean usable) {
        return now.systolic().filter(point -> !usable || Pressure.isUsable(point)).isPresent()
                && now.systolicMilli().filter(milli -> milli >= systolicLimit(turn)).isPresent()
                || now.diastolic().filter(point -> !usable || Pressure.isUsable(point)).isPresent()
                && now.diastolicMilli().filter(milli -> milli >= diastolicLimit(turn)).isPresent();
    }

    private static long systolicLimit(Turn turn) {
        return turn.rules().milli(RuleId.BP_SEVERE, "systolic");
    }

    private static long diastolicLimit(Turn turn) {
        return turn.rules().milli(RuleId.BP_SEVERE, "diastolic");
    }

    private static void severe(Turn turn, PressureMemory memory, Pressure now) {
        if (now.trust() == Trust.CUFFLESS) {
            askForCuff(turn, memory, now);
            return;
        }
        Pressure first = memory.first.orElse(null);
        if (turn.twin().holds(RuleId.BP_SEVERE) && first != null) {
            memory.repeat = memory.repeat.filter(known -> known.effectiveMillis() > now.effectiveMillis()).or(() -> Optional.of(now));
            raise(turn, memory, now.effectiveMillis());
        } else if (first == null) {
            begin(turn, memory, now);
        } else if (isSame(first, now)) {
            memory.first = Optional.of(now);
        } else if (reaches(turn, first, true) && confirms(turn, first, now)) {
            confirm(turn, memory, first, now);
        } else if (now.effectiveMillis() - first.effectiveMillis() > turn.rules().milli(RuleId.BP_SEVERE, "maxSeconds")
                || now.effectiveMillis() > first.effectiveMillis() && (!reaches(turn, first, true) || !first.trust().isAtLeast(now.trust()))) {
            begin(turn, memory, now);
        }
    }

    /** Severe only if a SUSPECT half is right: asks, and is told if nothing better comes. */
    private static void doubtful(Turn turn, PressureMemory memory, Pressure now) {
        if (now.trust() == Trust.CUFFLESS) {
            askForCuff(turn, memory, now);
        } else if (memory.first.isEmpty() && !turn.twin().holds(RuleId.BP_SEVERE)) {
            begin(turn, memory, now);
        }
    }

    /** The other half of the same moment came with another record. */
    private static boolean isSame(Pressure one, Pressure other) {
        return one.effectiveMillis() == other.effectiveMillis() && one.deviceId().equals(other.deviceId());
    }

    private static boolean confirms(Turn turn, Pressure one, Pressure other) {
        long apart = Math.abs(other.effectiveMillis() - one.effectiveMillis());
        return apart >= turn.rules().milli(RuleId.BP_SEVERE, "minSeconds") && apart <= turn.rules().milli(RuleId.BP_SEVERE, "maxSeconds");
    }

    private static void begin(Turn turn, PressureMemory memory, Pressure now) {
        memory.first = Optional.of(now);
        memory.repeat = Optional.empty();
        memory.waitUntil = deadline(turn, now, RuleId.BP_SEVERE_UNCONFIRMED, "onSeconds");
        ask(turn, memory, now, "your blood pressure reading of " + now.text() + " is very high. Sit quietly for some minutes before");
    }

    private static void askForCuff(Turn turn, PressureMemory memory, Pressure now) {
        if (memory.first.isEmpty() && memory.askedUntil == Parts.NEVER && !turn.twin().holds(RuleId.BP_SEVERE)) {
            ask(turn, memory, now, "your blood pressure reading of " + now.text() + " is very high. Use a device with a cuff, if you have one");
        }
    }

    private static void ask(Turn turn, PressureMemory memory, Pressure now, String why) {
        memory.askedUntil = deadline(turn, now, RuleId.REPEAT_REQUEST, "validSeconds");
        RuleId rule = RuleId.REPEAT_REQUEST;
        Priority priority = turn.rules().of(rule).priority();
        if (Episodes.isNews(turn, rule, priority)) {
            Episodes.raise(turn, new Raise(rule, priority, now.effectiveMillis(), now.effectiveMillis(), 0,
                    Texts.fill(turn.rules(), rule, Map.of("why", why)), now.proofs("first")));
        } else {
            turn.twin().episode(Family.REPEAT).ifPresent(episode -> Episodes.update(turn, episode, 0, now.effectiveMillis(),
                    Texts.fill(turn.rules(), rule, Map.of("why", why)), now.proofs("first")));
        }
    }

    private static long deadline(Turn turn, Pressure now, RuleId rule, String parameter) {
        return Math.max(now.effectiveMillis() + turn.rules().milli(rule, parameter), turn.nowMillis() + AT_LEAST_MILLIS);
    }

    private static void confirm(Turn turn, PressureMemory memory, Pressure one, Pressure other) {
        boolean inOrder = one.effectiveMillis() <= other.effectiveMillis();
        memory.first = Optional.of(inOrder ? one : other);
        memory.repeat = Optional.of(inOrder ? other : one);
        memory.waitUntil = Parts.NEVER;
        long at = memory.repeat.orElseThrow().effectiveMillis();
        repeated(turn, memory, at, other.proofs("repeat"));
        raise(turn, memory, at);
        Episodes.release(turn, RuleId.BP_SEVERE_UNCONFIRMED, at, other.proofs("repeat"));
    }

    /** What was asked for has come. */
    private static void repeated(Turn turn, PressureMemory memory, long atMillis, List<Proof> evidence) {
        memory.askedUntil = Parts.NEVER;
        Episodes.release(turn, RuleId.REPEAT_REQUEST, atMillis, evidence);
    }

    /** Both below the limits in a later reading ends all that is open, or waits. */
    private static void below(Turn turn, PressureMemory memory, Pressure now) {
        long at = now.effectiveMillis();
        boolean open = turn.twin().episode(Family.BP_SEVERE).isPresent() || turn.twin().episode(Family.REPEAT).isPresent();
        boolean early = memory.first.filter(first -> at - first.effectiveMillis() < turn.rules().milli(RuleId.BP_SEVERE, "minSeconds")).isPresent();
        boolean older = memory.repeat.filter(repeat -> at <= repeat.effectiveMillis()).isPresent();
        boolean weaker = memory.first.filter(first -> !now.trust().isAtLeast(first.trust())).isPresent()
                || memory.repeat.filter(repeat -> !now.trust().isAtLeast(repeat.trust())).isPresent();
        if (early || older || weaker || !open && memory.first.isEmpty()) {
            return;
        }
        memory.settle();
        repeated(turn, memory, at, now.proofs("last"));
        Episodes.release(turn, Family.BP_SEVERE, List.of(RuleId.BP_SEVERE, RuleId.BP_SEVERE_UNCONFIRMED), at, now.proofs("last"));
    }

    /** Lets happen what time alone brings about. */
    static void onTime(Turn turn, PressureMemory memory, long dueMillis) {
        if (memory.waitUntil <= dueMillis) {
            memory.waitUntil = Parts.NEVER;
            memory.first.ifPresent(first -> unconfirmed(turn, first,
                    first.effectiveMillis() + turn.rules().milli(RuleId.BP_SEVERE_UNCONFIRMED, "onSeconds")));
        }
        if (memory.askedUntil <= dueMillis) {
            repeated(turn, memory, dueMillis, List.of());
        }
    }

    private static void unconfirmed(Turn turn, Pressure first, long atMillis) {
        RuleId rule = RuleId.BP_SEVERE_UNCONFIRMED;
        boolean symptom = hasSymptom(turn, first);
        Priority priority = turn.rules().of(rule).priority();
        int tags = symptom ? Tag.CORROBORATED.bit() : 0;
        if (!reaches(turn, first, true)) {
            tags |= Tag.SUSPECT_INPUT.bit() | Tag.REMEASURE.bit();
            priority = symptom ? priority : priority.lower();
        } else if (first.isDoubted()) {
            tags |= Tag.SUSPECT_INPUT.bit();
        }
        if (first.trust() != Trust.VALIDATED) {
            tags |= Tag.UNVERIFIED.bit();
            priority = priority.atMost(symptom ? Priority.MEDIUM : Priority.LOW);
        }
        if (Episodes.isNews(turn, rule, priority)) {
            String text = Texts.fill(turn.rules(), rule, Map.of("value", first.text(), "device", first.device())) + Texts.certainty(tags);
            Episodes.raise(turn, new Raise(rule, priority, first.effectiveMillis(), atMillis, tags, text, first.proofs("first")));
        }
    }

    /** A symptom was reported: what is open is told again if it is worse for it. */
    static void reconsider(Turn turn, PressureMemory memory) {
        if (turn.twin().holds(RuleId.BP_SEVERE)) {
            raise(turn, memory, turn.twin().symptomMillis());
        } else if (turn.twin().holds(RuleId.BP_SEVERE_UNCONFIRMED)) {
            memory.first.ifPresent(first -> unconfirmed(turn, first, turn.twin().symptomMillis()));
        }
    }

    /** Any symptom from as long before the first reading as a repeat counts after it (project default, no source), until the episode ends. */
    private static boolean hasSymptom(Turn turn, Pressure first) {
        long symptom = turn.twin().symptomMillis();
        return symptom > 0 && symptom >= first.effectiveMillis() - turn.rules().milli(RuleId.BP_SEVERE, "maxSeconds");
    }

    private static void raise(Turn turn, PressureMemory memory, long atMillis) {
        if (memory.first.isEmpty() || memory.repeat.isEmpty()) {
            return;
        }
        Pressure first = memory.first.get();
        Pressure repeat = memory.repeat.get();
        RuleId rule = RuleId.BP_SEVERE;
        boolean symptom = hasSymptom(turn, first);
        boolean independent = !first.deviceId().equals(repeat.deviceId());
        Priority priority = symptom ? turn.rules().of(rule).priority() : turn.rules().of(rule).priority().atMost(Priority.MEDIUM);
        int tags = symptom || independent ? Tag.CORROBORATED.bit() : 0;
        tags |= first.isDoubted() || repeat.isDoubted() ? Tag.SUSPECT_INPUT.bit() : 0;
        if (!symptom && certainty(turn, first, repeat) < Certainty.NEEDED_FOR_MEDIUM) {
            tags |= Tag.REMEASURE.bit();
            priority = priority.lower();
        }
        if (first.trust() != Trust.VALIDATED && repeat.trust() != Trust.VALIDATED) {
            tags |= Tag.UNVERIFIED.bit();
            priority = priority.atMost(symptom || independent ? Priority.MEDIUM : Priority.LOW);
        }
        if (!Episodes.isNews(turn, rule, priority)) {
            return;
        }
        List<Proof> evidence = new ArrayList<>(first.proofs("first"));
        evidence.addAll(repeat.proofs("repeat"));
        String text = Texts.fill(turn.rules(), rule, Map.of("value", first.text(), "repeat", repeat.text(), "device", repeat.device()))
                + Texts.certainty(tags);
        Episodes.raise(turn, new Raise(rule, priority, first.effectiveMillis(), Math.max(atMillis, repeat.effectiveMillis()), tags, text, evidence));
    }

    /** How likely the middle of both readings lies above a limit, the better of both halves: CR 3.11.1, 2. */
    private static double certainty(Turn turn, Pressure first, Pressure repeat) {
        double high = above(systolicLimit(turn), first.systolicMilli(), repeat.systolicMilli(), first.systolic(), repeat.systolic());
        double low = above(diastolicLimit(turn), first.diastolicMilli(), repeat.diastolicMilli(), first.diastolic(), repeat.diastolic());
        return Math.max(high, low);
    }

    private static double above(long limit, Optional<Long> one, Optional<Long> other, Optional<Point> onePoint, Optional<Point> otherPoint) {
        if (one.isEmpty() && other.isEmpty()) {
            return 0;
        }
        long middle = (one.or(() -> other).orElseThrow() + other.or(() -> one).orElseThrow()) / 2;
        long sigma = Math.max(onePoint.map(Point::sigmaMilli).orElse(-1L), otherPoint.map(Point::sigmaMilli).orElse(-1L));
        return sigma <= 0 ? 1 : Certainty.above(limit / 1000.0 - HALF_STEP, middle / 1000.0, sigma / 1000.0);
    }
}
