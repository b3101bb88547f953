package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;

/** Readings by fate and by verdict since the twin began. The fates add up to every reading that the topology took for this patient. 8 bytes or more. */
public final class Counts {

    public long applied;
    public long duplicate;
    public long late;
    public long refused;
    public long dead;
    public long accept;
    public long suspect;
    public long reject;

    void encode(ByteBuffer out) {
        Packed.put(out, applied);
        Packed.put(out, duplicate);
        Packed.put(out, late);
        Packed.put(out, refused);
        Packed.put(out, dead);
        Packed.put(out, accept);
        Packed.put(out, suspect);
        Packed.put(out, reject);
    }

    static Counts decode(ByteBuffer in) {
        Counts counts = new Counts();
        counts.applied = Packed.get(in);
        counts.duplicate = Packed.get(in);
        counts.late = Packed.get(in);
        counts.refused = Packed.get(in);
        counts.dead = Packed.get(in);
        counts.accept = Packed.get(in);
        counts.suspect = Packed.get(in);
        counts.reject = Packed.get(in);
        return counts;
    }
}
