package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What is known of the clock of one device: DQ-15. A clock that is ahead makes its readings wait; ten that agree on how far it is ahead tell
 * the offset, and from then on times are corrected. A working object of a device's state: 7 to 16 bytes while the clock is right.
 *
 * <p>A reading that comes with a right time ends everything at once. A duplicate must not come to {@link #heard}: it tells nothing new. A
 * reading that comes late from a corrected clock is corrected as well, which makes it older and never newer than it is.
 *
 * @see "CLINICAL.md section 5.2, DQ-15, and section 9, S25"
 */
public final class DeviceClock {

    /** How many readings tell an offset: DQ-15. As many wait at most. */
    public static final int SAMPLES = 10;

    /** How far the offsets of those readings may lie apart; project default, no source. */
    static final long AGREE_MILLIS = 60_000;

    /** DQ-15: a summer time or a wrong time zone is a multiple of this, give or take. */
    private static final long STEP_MILLIS = 900_000;
    private static final long STEP_TOLERANCE_MILLIS = 30_000;

    private static final Value.Kind[] KINDS = Value.Kind.values();
    private static final Context[] CONTEXTS = Context.values();

    private static final int WRONG = 1;
    private static final int DRIFT = 2;

    /** A stored byte holds the kind of the value in its low bits and the device's flags above them. */
    private static final int FLAGS_SHIFT = 4;

    /** 0: nothing is corrected. Always more than what a right clock may be ahead. */
    private long offsetMillis;
    /** Offsets that agree with each other and that no known offset explains: of the readings that wait, or of some that were corrected by too much. */
    private final List<Long> samples = new ArrayList<>(0);
    private final List<Measurement> waiting = new ArrayList<>(0);
    private ClockDrift drift = new ClockDrift();

    /**
     * When a reading was taken, as far as the clock tells.
     *
     * @param millis effective time, corrected if it can be
     * @param reasons CLOCK_CORRECTED, with CLOCK_STEP where it is one; CLOCK_DRIFT, with CLOCK_CORRECTED where it is corrected; CLOCK_FUTURE or CLOCK_RESET when the time is wrong and not known
     *        better; 0 when it is as the device says
     */
    public record Time(long millis, long reasons) {

        public boolean isWrong() {
            return Reason.CLOCK_FUTURE.in(reasons) || Reason.CLOCK_RESET.in(reasons);
        }

        boolean isCorrected() {
            return Reason.CLOCK_CORRECTED.in(reasons) && !Reason.CLOCK_DRIFT.in(reasons);
        }
    }

    /** How far the clock is ahead, milliseconds; 0 when it is right or not known yet. */
    public long offsetMillis() {
        return offsetMillis;
    }

    /** How a clock that is nearly right behaves. */
    public ClockDrift drift() {
        return drift;
    }

    /** How many readings wait for the offset to be known. */
    public int waitingCount() {
        return waiting.size();
    }

    /** As below, of a reading that came alone. */
    Time at(long eventMillis, long appendMillis) {
        return at(eventMillis, appendMillis, eventMillis);
    }

    /**
     * The time of a reading as it is known now. Changes nothing. A batch may hold readings of an hour, so of a clock that is an hour ahead some
     * seem right: the newest tells.
     *
     * @param newestMillis time of the newest reading that came with it, by the same clock
     */
    public Time at(long eventMillis, long appendMillis, long newestMillis) {
        if (eventMillis < QualityChecks.CLOCK_RESET_BEFORE_MILLIS) {
            return new Time(eventMillis, Reason.CLOCK_RESET.bit());
        }
        long ahead = eventMillis - appendMillis;
        long most = newestMillis - appendMillis;
        if (!isRight(most) && (isExplained(ahead) || isRight(ahead) && isExplained(most))) {
            return new Time(eventMillis - offsetMillis, reasons());
        }
        if (ahead > QualityChecks.CLOCK_AHEAD_MILLIS) {
            return new Time(eventMillis, Reason.CLOCK_FUTURE.bit());
        }
        return isRight(most) ? new Time(eventMillis - drift.correctionMillis(), drift.reasons()) : new Time(eventMillis, 0);
    }

    /** What a corrected reading is tagged with. */
    public long reasons() {
        long beside = Math.floorMod(offsetMillis + STEP_TOLERANCE_MILLIS, STEP_MILLIS);
        return Reason.CLOCK_CORRECTED.bit() | (beside <= 2 * STEP_TOLERANCE_MILLIS ? Reason.CLOCK_STEP.bit() : 0);
    }

    /** DQ-12: whether this very reading is waiting. */
    public boolean isWaiting(Measurement sent) {
        for (Measurement one : waiting) {
            if (one.vital() == sent.vital() && one.effectiveMillis() == sent.effectiveMillis() && one.value().equals(sent.value())) {
                return true;
            }
        }
        return false;
    }

    /** As below, of a reading that came alone. */
    public void heard(Measurement sent) {
        heard(sent, sent.effectiveMillis());
    }

    /**
     * Takes note of a reading with the time that the device gave it. If the time is ahead and the offset is not known, the reading waits.
     *
     * @param newestMillis time of the newest reading that came with it: it was delayed the least and tells the offset best
     */
    public void heard(Measurement sent, long newestMillis) {
        long ahead = sent.effectiveMillis() - sent.appendMillis();
        long most = newestMillis - sent.appendMillis();
        Time time = at(sent.effectiveMillis(), sent.appendMillis(), newestMillis);
        if (Reason.CLOCK_RESET.in(time.reasons())) {
            return;
        }
        if (isRight(most)) {
            drift.heard(sent.appendMillis(), most);
        }
        if (time.isCorrected()) {
            compare(isExplained(most) ? most : ahead);
        } else if (time.isWrong()) {
            quarantine(sent, most);
        } else if (isRight(most)) {
            forget();
        }
    }

    /**
     * The readings that waited, oldest first, with corrected times and as if they came now; they wait no longer. None while their offset is
     * not known.
     */
    public List<Measurement> release(long nowMillis) {
        if (!samples.isEmpty() || waiting.isEmpty()) {
            return List.of();
        }
        List<Measurement> released = waiting.stream().map(one -> one.timed(one.effectiveMillis() - offsetMillis, nowMillis))
                .sorted(Comparator.comparingLong(Measurement::effectiveMillis)).toList();
        waiting.clear();
        return released;
    }

    /** Forgets the readings that wait and may no longer be used. What was learnt of the clock stays while any may. */
    public void keep(Set<Vital> covered) {
        waiting.removeIf(one -> !covered.contains(one.vital()));
        if (covered.isEmpty()) {
            samples.clear();
        }
    }

    private void forget() {
        offsetMillis = 0;
        dropSamples();
    }

    /** What a known offset does not explain waits as well, and does not end the correction: it may be one wrong reading. */
    private void quarantine(Measurement sent, long ahead) {
        countAnewUnlessAgreeing(ahead);
        samples.add(ahead);
        waiting.add(sent);
        decide();
    }

    /** The clock may have gone back by a part of its offset: then readings would look late for ever. Ten that agree tell. */
    private void compare(long ahead) {
        if (isRight(ahead - offsetMillis)) {
            dropSamples();
        } else if (ahead > QualityChecks.CLOCK_AHEAD_MILLIS) {
            countAnewUnlessAgreeing(ahead);
            samples.add(ahead);
            decide();
        }
    }

    private void dropSamples() {
        samples.clear();
        waiting.clear();
    }

    private void countAnewUnlessAgreeing(long ahead) {
        long least = ahead;
        long most = ahead;
        for (long sample : samples) {
            least = Math.min(least, sample);
            most = Math.max(most, sample);
        }
        if (most - least > AGREE_MILLIS) {
            dropSamples();
        }
    }

    /** A transport only delays: the reading that was the quickest knows the offset best. */
    private void decide() {
        if (samples.size() == SAMPLES) {
            offsetMillis = Collections.max(samples);
            samples.clear();
        }
    }

    /** A delay makes a reading less ahead than the clock is, never more. */
    private boolean isExplained(long aheadMillis) {
        return offsetMillis != 0 && !isRight(aheadMillis) && aheadMillis - offsetMillis <= QualityChecks.CLOCK_AHEAD_MILLIS;
    }

    private static boolean isRight(long aheadMillis) {
        return Math.abs(aheadMillis) <= QualityChecks.CLOCK_AHEAD_MILLIS;
    }

    /** @param baseMillis a time that those of the readings are near to */
    public void encode(ByteBuffer out, long baseMillis) {
        boolean wrong = offsetMillis != 0 || !samples.isEmpty() || !waiting.isEmpty();
        out.put((byte) ((wrong ? WRONG : 0) | (drift.isEmpty() ? 0 : DRIFT)));
        if (!drift.isEmpty()) {
            drift.encode(out);
        }
        if (!wrong) {
            return;
        }
        Packed.put(out, offsetMillis);
        Packed.put(out, samples.size());
        samples.forEach(sample -> Packed.put(out, sample));
        Packed.put(out, waiting.size());
        waiting.forEach(one -> encode(out, one, baseMillis));
    }

    private static void encode(ByteBuffer out, Measurement one, long baseMillis) {
        out.put((byte) one.vital().ordinal());
        out.put((byte) (one.value().kind().ordinal() | one.flags() << FLAGS_SHIFT));
        out.put((byte) one.value().unit().ordinal());
        out.put((byte) one.context().ordinal());
        Packed.putSigned(out, one.value().milli());
        Packed.putSigned(out, baseMillis - one.appendMillis());
        Packed.putSigned(out, one.effectiveMillis() - one.appendMillis());
        out.putFloat(one.signalQuality());
        Packed.put(out, one.at().partition());
        Packed.put(out, one.at().offset());
        Packed.put(out, one.at().index());
    }

    /**
     * Reads what {@link #encode} wrote and leaves the buffer behind it.
     *
     * @throws IllegalStateException if the bytes are not a clock
     */
    public static DeviceClock decode(ByteBuffer in, String deviceId, long baseMillis) {
        DeviceClock clock = new DeviceClock();
        int head = in.get();
        if ((head & DRIFT) != 0) {
            clock.drift = ClockDrift.decode(in);
        }
        if (head == DRIFT || head == 0) {
            return clock;
        }
        clock.offsetMillis = Packed.get(in);
        for (int rest = count(in, head); rest > 0; rest--) {
            clock.samples.add(Packed.get(in));
        }
        for (int rest = count(in, head); rest > 0; rest--) {
            clock.waiting.add(decodeReading(in, deviceId, baseMillis));
        }
        return clock;
    }

    private static int count(ByteBuffer in, int head) {
        int count = Packed.getInt(in);
        if ((head & ~DRIFT) != WRONG || count < 0 || count > SAMPLES) {
            throw new IllegalStateException("state is damaged: a device clock with " + count + " readings");
        }
        return count;
    }

    private static Measurement decodeReading(ByteBuffer in, String deviceId, long baseMillis) {
        Vital vital = Vital.ofOrdinal(in.get());
        int kind = in.get();
        Unit unit = Unit.ofOrdinal(in.get());
        Context context = CONTEXTS[in.get()];
        Value value = new Value(KINDS[kind & (1 << FLAGS_SHIFT) - 1], Packed.getSigned(in), unit);
        long append = baseMillis - Packed.getSigned(in);
        long effective = append + Packed.getSigned(in);
        float quality = in.getFloat();
        Coordinates at = new Coordinates(Packed.getInt(in), Packed.get(in), Packed.getInt(in));
        return new Measurement(vital, deviceId, effective, append, value, context, quality, (kind & 0xFF) >>> FLAGS_SHIFT, at);
    }
}
