package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.EffortMemory.Day;
import io.vitaltwin.twin.core.quality.EffortMemory.Source;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Pulse against steps: DQ-17 (CADENCE_LOCK) and the tests of unorthodox use, 5.4 (DQ-23). What they find is never an alert and says nothing about
 * the person: such steps are only left out of what is learned about activity. Readings out of order are not asked.
 *
 * @see "CLINICAL.md sections 5.2 and 5.4"
 */
final class EffortChecks {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long HOUR = 60 * MINUTE;

    /** DQ-17 and 5.4 (a): cadence from here on, thousandths per minute. */
    static final long BRISK_MILLI = 100_000;

    static final long LOCK_MILLIS = 60 * SECOND;
    static final long CALM_MILLIS = 10 * MINUTE;
    static final long STEADY_MILLIS = 20 * MINUTE;
    static final long SLEEP_STEPS_MILLI = 1_000_000;

    private static final long LOCK_DIFFERENCE = 4_000;
    private static final long LOCK_HALF_DIFFERENCE = 3_000;
    private static final long CALM_ABOVE_RESTING = 10_000;

    /** How old a step count may be to say something about a pulse: twice the typical interval of CR 1.2. Project default, no source. */
    private static final long CADENCE_TTL = 2 * MINUTE;

    /** How old a pulse may be to say something about steps: exercise shows in it within minutes. Project default, no source. */
    private static final long PULSE_TTL = 5 * MINUTE;

    /** A coefficient of variation of 1 %, as one part in so many of the squared mean. */
    private static final long STEADY_SQUARED_PARTS = 10_000;

    /** A counter that sends less often tells an amount and no rhythm. Twice the typical interval of CR 1.2; project default, no source. */
    private static final long SLOWEST_CADENCE = 2 * MINUTE;

    /** More readings than the sums can hold; the run goes on, its sums begin anew. */
    private static final long MOST_SUMMED = 50_000;

    /** 5.4 (e) asks for a day of both devices: hours with readings, as in CR 3.0 (valid day), and steps. The latter is a project default, no source. */
    private static final int WORN_HOURS = 10;
    private static final long WORTH_COMPARING_MILLI = 1_000_000;

    private EffortChecks() {
    }

    /**
     * Takes a pulse in time order that is no REJECT.
     *
     * @param doubtful some other check doubts it: it proves no rest
     */
    static Found pulse(PatientQuality shared, Personal personal, Measurement m, Device device, long milli, long intervalMillis, boolean doubtful) {
        EffortMemory memory = shared.parts().find(EffortMemory.TYPE).orElse(null);
        if (memory == null || memory.isEmpty()) {
            return Found.NOTHING;
        }
        long at = m.effectiveMillis();
        if (doubtful || !isCalm(personal, milli)) {
            memory.sources().forEach(source -> source.calm.end());
        }
        Found found = isWristOptical(device) ? lock(memory, device, at, milli, intervalMillis) : Found.NOTHING;
        memory.tidy();
        return found;
    }

    private static Found lock(EffortMemory memory, Device device, long at, long milli, long intervalMillis) {
        long cadence = memory.cadenceMilli(device, at - CADENCE_TTL);
        boolean follows = cadence >= BRISK_MILLI
                && (Math.abs(milli - cadence) <= LOCK_DIFFERENCE || Math.abs(2 * milli - cadence) <= 2 * LOCK_HALF_DIFFERENCE);
        Span lock = memory.of(device).lock;
        lock.feed(at, follows, 2 * intervalMillis);
        return lock.hasLasted(LOCK_MILLIS) ? told(lock, at, Verdict.SUSPECT, Reason.CADENCE_LOCK.bit()) : Found.NOTHING;
    }

    /** Takes the pulse by light at the wrist. A device that nobody registered might. */
    private static boolean isWristOptical(Device device) {
        return switch (device.kind()) {
            case "watch", "tracker", "" -> true;
            default -> false;
        };
    }

    /** A pulse of someone at rest, as far as the resting pulse is known. */
    private static boolean isCalm(Personal personal, long pulseMilli) {
        OptionalLong resting = personal.restingPulseMilli();
        return resting.isPresent() && pulseMilli <= resting.getAsLong() + CALM_ABOVE_RESTING;
    }

    /**
     * Takes a count of steps in time order that is no REJECT.
     *
     * @param cadenceMilli as a rate per minute
     */
    static Found steps(PatientQuality shared, Personal personal, Measurement m, Device device, long cadenceMilli, long intervalMillis, Context context) {
        boolean several = shared.hasSeveralSources(Vital.STEPS);
        EffortMemory memory = shared.parts().find(EffortMemory.TYPE).orElse(null);
        if (memory == null && cadenceMilli == 0 && !several) {
            return Found.NOTHING;
        }
        memory = shared.parts().get(EffortMemory.TYPE);
        Source source = memory.of(device);
        long at = m.effectiveMillis();
        source.cadenceMillis = at;
        source.cadenceMilli = cadenceMilli;
        List<Found> all = new ArrayList<>(4);
        if (several) {
            all.add(days(memory, source, m, cadenceMilli, intervalMillis));
        }
        all.add(calm(source, shared, personal, at, intervalMillis));
        all.add(steady(source, at, intervalMillis));
        all.add(asleep(source, m, intervalMillis, context));
        memory.tidy();
        return merged(all);
    }

    /** 5.4 (a). */
    private static Found calm(Source source, PatientQuality shared, Personal personal, long at, long intervalMillis) {
        long pulse = source.cadenceMilli >= BRISK_MILLI ? shared.pulseMilli(at, PULSE_TTL) : -1;
        source.calm.feed(at, pulse >= 0 && isCalm(personal, pulse), 2 * intervalMillis);
        return source.calm.hasLasted(CALM_MILLIS)
                ? told(source.calm, at, Verdict.SUSPECT, Reason.STEP_HR_INCONGRUENT.bit() | Reason.GAMING_SUSPECT.bit()) : Found.NOTHING;
    }

    /** 5.4 (b): noted only; runners and treadmills are steady too. */
    private static Found steady(Source source, long at, long intervalMillis) {
        long hundredths = source.cadenceMilli / 10;
        boolean went = source.steady.goesOn();
        source.steady.feed(at, hundredths > 0 && intervalMillis <= SLOWEST_CADENCE, 2 * intervalMillis);
        if (!source.steady.goesOn()) {
            return Found.NOTHING;
        }
        if (!went || source.steady.startMillis() == at || source.steadyCount == MOST_SUMMED) {
            sum(source, 0, 0, 0, hundredths);
        } else {
            sum(source, source.steadyCount, source.steadySum, source.steadySquares, hundredths);
            if (!isSteady(source)) {
                source.steady.end();
                source.steady.feed(at, true, 0);
                sum(source, 0, 0, 0, hundredths);
            }
        }
        return source.steady.hasLasted(STEADY_MILLIS) ? told(source.steady, at, Verdict.ACCEPT, Reason.METRONOME.bit()) : Found.NOTHING;
    }

    private static void sum(Source source, long count, long sum, long squares, long hundredths) {
        source.steadyCount = count + 1;
        source.steadySum = sum + hundredths;
        source.steadySquares = squares + hundredths * hundredths;
    }

    /** Variance / mean^2 < 1 / 10 000, times n^2. */
    private static boolean isSteady(Source source) {
        long squaredSum = source.steadySum * source.steadySum;
        return source.steadyCount * source.steadySquares - squaredSum < Math.ceilDiv(squaredSum, STEADY_SQUARED_PARTS);
    }

    /** 5.4 (d). Ends when the sender says that the patient does something else. */
    private static Found asleep(Source source, Measurement m, long intervalMillis, Context context) {
        if (context != Context.SLEEP) {
            source.sleepMilli = context == Context.UNKNOWN ? source.sleepMilli : 0;
            return Found.NOTHING;
        }
        long count = countMilli(m, source.cadenceMilli, intervalMillis);
        if (count == 0) {
            return Found.NOTHING;
        }
        long before = source.sleepMilli;
        source.sleepMillis = before == 0 ? m.effectiveMillis() : source.sleepMillis;
        source.sleepMilli = before + count;
        if (source.sleepMilli < SLEEP_STEPS_MILLI) {
            return Found.NOTHING;
        }
        long reasons = Reason.GAMING_SUSPECT.bit();
        boolean first = before < SLEEP_STEPS_MILLI && source.sleepMillis < m.effectiveMillis();
        return new Found(reasons, first ? List.of(new Revision(source.sleepMillis, m.effectiveMillis() - 1, Verdict.SUSPECT, reasons)) : List.of());
    }

    /** Steps of this reading; a cadence stands for its interval. */
    private static long countMilli(Measurement m, long cadenceMilli, long intervalMillis) {
        return m.value().unit() == Unit.STEPS_PER_MINUTE ? cadenceMilli * intervalMillis / MINUTE : m.value().milli();
    }

    /** 5.4 (e), when a day is over: of two devices that were both worn it is not known which is right. A day is one of UTC. */
    private static Found days(EffortMemory memory, Source source, Measurement m, long cadenceMilli, long intervalMillis) {
        long upTo = m.effectiveMillis() - 1;           // a count is of the time before
        long number = Math.floorDiv(upTo, DAY);
        Day today = source.today;
        boolean turned = today != null && today.day < number;
        if (today == null || turned) {
            source.before = turned ? today : null;
            today = new Day();
            today.day = number;
            source.today = today;
        }
        today.milli += countMilli(m, cadenceMilli, intervalMillis);
        today.hours |= 1 << (int) (Math.floorMod(upTo, DAY) / HOUR);
        Day over = source.before;
        if (!turned || over == null || memory.sources().stream().noneMatch(other -> other != source && disagree(over, day(other, over.day)))) {
            return Found.NOTHING;
        }
        long start = over.day * DAY + 1;
        return new Found(0, List.of(new Revision(start, start + DAY - 1, Verdict.SUSPECT, Reason.GAMING_SUSPECT.bit())));
    }

    private static @Nullable Day day(Source source, long number) {
        Day today = source.today;
        Day before = source.before;
        if (today != null && today.day == number) {
            return today;
        }
        return before != null && before.day == number ? before : null;
    }

    /** By more than 60 % of the larger. */
    private static boolean disagree(Day one, @Nullable Day other) {
        if (other == null || Integer.bitCount(one.hours) < WORN_HOURS || Integer.bitCount(other.hours) < WORN_HOURS) {
            return false;
        }
        long more = Math.max(one.milli, other.milli);
        return more >= WORTH_COMPARING_MILLI && (more - Math.min(one.milli, other.milli)) * 10 > more * 6;
    }

    /** The reason for this reading and, the first time, for the run before it. */
    private static Found told(Span run, long at, Verdict verdict, long reasons) {
        boolean first = run.tell() && run.startMillis() < at;
        return new Found(reasons, first ? List.of(new Revision(run.startMillis(), at - 1, verdict, reasons)) : List.of());
    }

    private static Found merged(List<Found> all) {
        long reasons = 0;
        List<Revision> revisions = new ArrayList<>();
        for (Found found : all) {
            reasons |= found.reasons();
            revisions.addAll(found.revisions());
        }
        return reasons == 0 && revisions.isEmpty() ? Found.NOTHING : new Found(reasons, revisions);
    }
}
