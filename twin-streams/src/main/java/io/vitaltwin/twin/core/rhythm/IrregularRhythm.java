package io.vitaltwin.twin.core.rhythm;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What an open suspicion rests on, and when irregularity was last seen. 7 bytes while a suspicion is open, else none. It outlives the beats: a
 * suspicion that rests on an ECG goes on when beats may no longer be used.
 */
public final class IrregularRhythm implements Part {

    public static final PartType<IrregularRhythm> TYPE =
            new PartType<>(PartKind.IRREGULAR_RHYTHM, IrregularRhythm.class, IrregularRhythm::new, IrregularRhythm::decode);

    private static final int BEATS = 1;
    private static final int ECG = 2;

    private long lastMillis;
    private int basis;

    @Override
    public boolean isEmpty() {
        return basis == 0;
    }

    /** End of the newest irregular window, or time of the newest ECG that says so. */
    public long lastMillis() {
        return lastMillis;
    }

    public void seenInBeats(long millis) {
        seen(BEATS, millis);
    }

    public void seenInEcg(long millis) {
        seen(ECG, millis);
    }

    public boolean restsOnEcg() {
        return (basis & ECG) != 0;
    }

    private void seen(int where, long millis) {
        basis |= where;
        lastMillis = Math.max(lastMillis, millis);
    }

    /** Lets go of what may no longer be used; {@link #isEmpty} then tells whether anything is left. */
    public void keep(Set<Vital> covered) {
        basis &= covered.contains(Vital.INTER_BEAT_INTERVAL) ? basis : ~BEATS;
        basis &= covered.contains(Vital.ECG_RHYTHM) ? basis : ~ECG;
    }

    @Override
    public void encode(ByteBuffer out) {
        out.put((byte) basis);
        Packed.putSigned(out, lastMillis);
    }

    static IrregularRhythm decode(ByteBuffer in) {
        IrregularRhythm read = new IrregularRhythm();
        read.basis = in.get();
        read.lastMillis = Packed.getSigned(in);
        return read;
    }
}
