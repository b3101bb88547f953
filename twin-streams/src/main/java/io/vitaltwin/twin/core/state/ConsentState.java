package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.consent.Uses;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What a twin keeps of the patient's will between two decisions: which outputs are not wanted, whether readings are disputed, and what was used since the
 * log of uses was last written. Nothing is stored where there is nothing; a minute of one device takes some 8 bytes.
 */
public final class ConsentState {

    private static final int OPT_OUT = 1;
    private static final int USES = 2;
    private static final int DISPUTED = 4;

    private Uses uses = new Uses();
    private long unforeseen;
    private long unscreened;
    private boolean disputed;

    /** Readings that were used and are not yet in the log of uses. */
    public Uses uses() {
        return uses;
    }

    /** Takes note of the outputs that consent leaves out, by the vitals that they rest on. */
    public void optOut(Set<Vital> predictive, Set<Vital> screening) {
        unforeseen = mask(predictive);
        unscreened = mask(screening);
    }

    /** Whether there is anything that the patient does not want to hear. */
    public boolean isOptedOut() {
        return unforeseen != 0 || unscreened != 0;
    }

    /** Whether the patient disputes some readings. */
    public boolean isDisputed() {
        return disputed;
    }

    public void disputed(boolean now) {
        disputed = now;
    }

    /** Whether the patient wants to hear nothing about what may come of any of these. */
    public boolean isUnforeseen(Set<Vital> vitals) {
        return unforeseen != 0 && (unforeseen & mask(vitals)) != 0;
    }

    /** Whether the patient wants to hear nothing that nobody asked for of any of these. */
    public boolean isUnscreened(Set<Vital> vitals) {
        return unscreened != 0 && (unscreened & mask(vitals)) != 0;
    }

    private static long mask(Set<Vital> vitals) {
        long mask = 0;
        for (Vital vital : vitals) {
            mask |= 1L << vital.ordinal();
        }
        return mask;
    }

    boolean isEmpty() {
        return uses.isEmpty() && !isOptedOut() && !disputed;
    }

    void encode(ByteBuffer out, long baseMillis) {
        out.put((byte) ((isOptedOut() ? OPT_OUT : 0) | (uses.isEmpty() ? 0 : USES) | (disputed ? DISPUTED : 0)));
        if (isOptedOut()) {
            Packed.put(out, unforeseen);
            Packed.put(out, unscreened);
        }
        if (!uses.isEmpty()) {
            uses.encode(out, baseMillis);
        }
    }

    static ConsentState decode(ByteBuffer in, long baseMillis) {
        ConsentState state = new ConsentState();
        int head = in.get();
        state.disputed = (head & DISPUTED) != 0;
        if ((head & OPT_OUT) != 0) {
            state.unforeseen = Packed.get(in);
            state.unscreened = Packed.get(in);
        }
        if ((head & USES) != 0) {
            state.uses = Uses.decode(in, baseMillis);
        }
        return state;
    }
}
