package io.vitaltwin.twin.core.daily;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/**
 * Who stands on the scale. Two people are two clusters of weights at least 5 kg apart; going from one to the other and back within seven days are
 * two alternations, and tell that the scale is shared. Also remembers a weight that changed faster than a person does, which a second one may
 * confirm. Times are effective times, amounts thousandths of a kilogram; 8 to 20 bytes.
 *
 * @see "CLINICAL.md section 5.2, DQ-10 and DQ-21"
 */
public final class SharedScale {

    public static final long APART_MILLI = 5_000;
    public static final long WINDOW_MILLIS = 7 * 86_400_000L;

    /** How long after it a weight can be confirmed. Project default, no source: until the weight of the next day. */
    private static final long CONFIRM_MILLIS = 86_400_000L;

    private long seenMillis;
    private long seenMilli;
    private long jumpMillis;
    private long jumpFromMilli;
    private long sharedMillis;
    private boolean told;
    private long doubtMillis;
    private long doubtMilli;

    SharedScale() {
    }

    /** Takes a weight that may be a person's, the patient's or not. One that is not newer than the newest tells nothing of the order of people. */
    public void see(long millis, long milli) {
        if (millis <= seenMillis) {
            return;
        }
        if (seenMillis != 0 && Math.abs(milli - seenMilli) >= APART_MILLI) {
            boolean back = jumpMillis != 0 && millis - jumpMillis <= WINDOW_MILLIS && Math.abs(milli - jumpFromMilli) < APART_MILLI;
            sharedMillis = back ? millis : sharedMillis;
            jumpMillis = millis;
            jumpFromMilli = seenMilli;
        }
        seenMillis = millis;
        seenMilli = milli;
    }

    /** Time of the newest return to the other cluster; 0 when there was none. */
    public long sharedMillis() {
        return sharedMillis;
    }

    /** Whether two people took turns in the seven days before. */
    public boolean isShared(long millis) {
        return sharedMillis != 0 && millis - sharedMillis <= WINDOW_MILLIS;
    }

    /** An alert about the scale is open. */
    public boolean isTold() {
        return told;
    }

    public void told(boolean now) {
        told = now;
    }

    /** Remembers a weight whose only fault is that it changed too fast. */
    public void doubt(long millis, long milli) {
        if (millis >= doubtMillis) {
            doubtMillis = millis;
            doubtMilli = milli;
        }
    }

    /** Takes an accepted weight: it refutes a doubtful one that it does not agree with. */
    public void accept(long millis, long milli) {
        if (millis > doubtMillis && Math.abs(milli - doubtMilli) > WeightMemory.AGREE_MILLI) {
            doubtMillis = 0;
            doubtMilli = 0;
        }
    }

    /** Whether this weight agrees with a doubtful one of the day before: then both are right. */
    public boolean isConfirmed(long millis, long milli) {
        return doubtMillis != 0 && millis > doubtMillis && millis - doubtMillis <= CONFIRM_MILLIS
                && Math.abs(milli - doubtMilli) <= WeightMemory.AGREE_MILLI;
    }

    boolean isEmpty() {
        return seenMillis == 0;
    }

    void encode(ByteBuffer out) {
        out.put((byte) ((jumpMillis != 0 ? 1 : 0) | (sharedMillis != 0 ? 2 : 0) | (told ? 4 : 0) | (doubtMillis != 0 ? 8 : 0)));
        Packed.put(out, seenMillis);
        Packed.put(out, seenMilli);
        if (jumpMillis != 0) {
            Packed.putSigned(out, seenMillis - jumpMillis);
            Packed.putSigned(out, seenMilli - jumpFromMilli);
        }
        if (sharedMillis != 0) {
            Packed.putSigned(out, seenMillis - sharedMillis);
        }
        if (doubtMillis != 0) {
            Packed.putSigned(out, seenMillis - doubtMillis);
            Packed.putSigned(out, seenMilli - doubtMilli);
        }
    }

    static SharedScale decode(ByteBuffer in) {
        SharedScale scale = new SharedScale();
        int head = in.get();
        scale.seenMillis = Packed.get(in);
        scale.seenMilli = Packed.get(in);
        if ((head & 1) != 0) {
            scale.jumpMillis = scale.seenMillis - Packed.getSigned(in);
            scale.jumpFromMilli = scale.seenMilli - Packed.getSigned(in);
        }
        if ((head & 2) != 0) {
            scale.sharedMillis = scale.seenMillis - Packed.getSigned(in);
        }
        scale.told = (head & 4) != 0;
        if ((head & 8) != 0) {
            scale.doubtMillis = scale.seenMillis - Packed.getSigned(in);
            scale.doubtMilli = scale.seenMilli - Packed.getSigned(in);
        }
        return scale;
    }
}
