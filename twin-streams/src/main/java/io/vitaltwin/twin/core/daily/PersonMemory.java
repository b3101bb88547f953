package io.vitaltwin.twin.core.daily;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the nights of the person who wears the device are like: mean pulse, logarithm of RMSSD and breathing rate, as a running mean and
 * covariance over some 28 nights. A night that may be someone else's is not learned, and one that stands out is learned only up to three standard
 * deviations, so that a few wrong nights do not move what is usual. Exists only for patients whose device sends RMSSD; pulses are only
 * summed for them. 62 bytes, and some 20 for the night in progress.
 *
 * @see "CLINICAL.md section 5.2, DQ-21"
 */
public final class PersonMemory implements Part {

    public static final PartType<PersonMemory> TYPE =
            new PartType<>(PartKind.PERSON, PersonMemory.class, PersonMemory::new, PersonMemory::decode);

    private static final long HOUR = 3_600_000;
    /** Values of one night lie within this time of each other. Project default, no source. */
    private static final long NIGHT_MILLIS = 16 * HOUR;
    /** Two nights are at least so far apart. Project default, no source. */
    private static final long APART_MILLIS = 12 * HOUR;
    private static final int LEAST_PULSES = 12;

    private final NightSum pulses;
    private final NightSum breaths;
    private float lnRmssd;
    private long rmssdMillis;

    private final NightBaseline usual;
    private long decidedMillis;
    private float distance;
    private int device;
    private long oddMillis;

    PersonMemory() {
        this(new NightSum(), new NightSum(), new NightBaseline());
    }

    private PersonMemory(NightSum pulses, NightSum breaths, NightBaseline usual) {
        this.pulses = pulses;
        this.breaths = breaths;
        this.usual = usual;
    }

    /** One night in three numbers: pulse and breaths per minute, natural logarithm of RMSSD in ms. */
    public record Vector(double pulse, double lnRmssd, double breaths) {
    }

    public void pulse(long millis, long milli) {
        pulses.add(millis, milli);
    }

    public void breath(long millis, long milli) {
        breaths.add(millis, milli);
    }

    public void rmssd(long millis, double ln) {
        lnRmssd = (float) ln;
        rmssdMillis = millis;
    }

    /** The night that this nightly RMSSD completes; empty when a part of it is missing or the night is known already. */
    public Optional<Vector> withRmssd(long millis, double ln) {
        boolean complete = isNew(millis) && pulses.isOfNight(millis, NIGHT_MILLIS, LEAST_PULSES) && breaths.isOfNight(millis, NIGHT_MILLIS, 1);
        return complete ? Optional.of(new Vector(pulses.mean(), (float) ln, breaths.mean())) : Optional.empty();
    }

    /** The night that this nightly breathing rate completes. */
    public Optional<Vector> withBreaths(long millis, double perMinute) {
        boolean complete = isNew(millis) && pulses.isOfNight(millis, NIGHT_MILLIS, LEAST_PULSES)
                && rmssdMillis != 0 && Math.abs(millis - rmssdMillis) <= NIGHT_MILLIS;
        return complete ? Optional.of(new Vector(pulses.mean(), lnRmssd, perMinute)) : Optional.empty();
    }

    private boolean isNew(long millis) {
        return decidedMillis == 0 || millis - decidedMillis >= APART_MILLIS;
    }

    /**
     * Whether this night is not the person's: far from the usual nights, although the night before was not, or the device was put on anew.
     *
     * @param wearer tells the patient's devices apart
     * @param justPaired the device was registered within the day before
     */
    public boolean isSomeoneElse(Vector night, long millis, int wearer, boolean justPaired) {
        if (!usual.isKnown() || usual.distance(night) <= NightBaseline.SOMEONE_ELSE) {
            return false;
        }
        boolean trend = millis - decidedMillis <= 2 * APART_MILLIS + NIGHT_MILLIS && distance > NightBaseline.TREND;
        return !trend || justPaired || wearer != device;
    }

    /** Takes a night that was judged. @param odd it may be someone else's: it is not learned */
    public void decide(Vector night, long millis, int wearer, boolean odd) {
        distance = usual.isKnown() ? (float) usual.distance(night) : 0;
        decidedMillis = millis;
        if (odd) {
            oddMillis = millis;
            return;
        }
        device = wearer;
        usual.learn(night);
    }

    /** Whether the night that ends about then may be someone else's. */
    public boolean isOdd(long nightEndMillis) {
        return oddMillis != 0 && Math.abs(nightEndMillis - oddMillis) <= APART_MILLIS;
    }

    /** How many nights have been learned. */
    public int nights() {
        return usual.nights();
    }

    @Override
    public boolean isEmpty() {
        return rmssdMillis == 0 && decidedMillis == 0;
    }

    @Override
    public void encode(ByteBuffer out) {
        pulses.encode(out);
        breaths.encode(out);
        out.putFloat(lnRmssd);
        Packed.put(out, rmssdMillis);
        usual.encode(out);
        Packed.put(out, decidedMillis);
        out.putFloat(distance);
        out.putShort((short) device);
        Packed.put(out, oddMillis);
    }

    private static PersonMemory decode(ByteBuffer in) {
        NightSum pulses = NightSum.decode(in);
        NightSum breaths = NightSum.decode(in);
        float ln = in.getFloat();
        long rmssd = Packed.get(in);
        PersonMemory memory = new PersonMemory(pulses, breaths, NightBaseline.decode(in));
        memory.lnRmssd = ln;
        memory.rmssdMillis = rmssd;
        memory.decidedMillis = Packed.get(in);
        memory.distance = in.getFloat();
        memory.device = in.getShort() & 0xFFFF;
        memory.oddMillis = Packed.get(in);
        return memory;
    }
}
