package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;
import io.vitaltwin.twin.core.state.Run;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The saturation of a patient whose breathing is watched breath by breath: runs of very low values, and of good ones while RESP_DEPRESSION
 * holds. Empty while all is well. An oximeter takes some 60 bytes while its saturation is very low.
 */
final class BreathMemory implements Part {

    static final PartType<BreathMemory> TYPE = new PartType<>(PartKind.BREATHING, BreathMemory.class, BreathMemory::new, BreathMemory::decode);

    private static final int HAS_LOW = 1;
    private static final int HAS_BETTER = 2;

    private final List<Oximeter> oximeters = new ArrayList<>(1);

    /** One device. */
    private static final class Oximeter {
        private final String device;
        private @Nullable Run low;
        private @Nullable Run better;

        private Oximeter(String device) {
            this.device = device;
        }
    }

    /** Takes an ACCEPT sample. @return the run of very low values that it belongs to; empty when it is not very low */
    Optional<Run> low(Sample sample, boolean holds) {
        Oximeter one = of(sample.device().id());
        one.low = fed(one.low, sample, holds);
        drop(one);
        return Optional.ofNullable(one.low);
    }

    /** Takes an ACCEPT sample while RESP_DEPRESSION holds. */
    void better(Sample sample, boolean holds) {
        Oximeter one = of(sample.device().id());
        one.better = fed(one.better, sample, holds);
        drop(one);
    }

    /** How long the saturation of this device has been good; -1 when it is not. */
    long betterMillis(String device) {
        for (Oximeter one : oximeters) {
            Run run = one.better;
            if (one.device.equals(device) && run != null) {
                return run.spanMillis();
            }
        }
        return -1;
    }

    /** Takes a SUSPECT sample: one changes nothing, two in a row end the runs. */
    void doubt(Sample sample) {
        for (Oximeter one : List.copyOf(oximeters)) {
            if (one.device.equals(sample.device().id())) {
                one.low = doubted(one.low, sample);
                one.better = doubted(one.better, sample);
                drop(one);
            }
        }
    }

    /** RESP_DEPRESSION is over. */
    void forgetBetter() {
        for (Oximeter one : List.copyOf(oximeters)) {
            one.better = null;
            drop(one);
        }
    }

    private static @Nullable Run fed(@Nullable Run run, Sample sample, boolean holds) {
        long at = sample.effectiveMillis();
        if (!holds) {
            return run != null && at < run.startMillis() ? run : null;
        }
        if (run != null && (run.extend(at, sample.point(), sample.canonicalMilli(), sample.longestGapMillis()) || at < run.lastMillis())) {
            return run;
        }
        return new Run(at, sample.point(), sample.canonicalMilli());
    }

    private static @Nullable Run doubted(@Nullable Run run, Sample sample) {
        return run == null || run.doubt(sample.effectiveMillis(), sample.longestGapMillis()) ? run : null;
    }

    private Oximeter of(String device) {
        for (Oximeter one : oximeters) {
            if (one.device.equals(device)) {
                return one;
            }
        }
        Oximeter one = new Oximeter(device);
        oximeters.add(one);
        return one;
    }

    private void drop(Oximeter one) {
        if (one.low == null && one.better == null) {
            oximeters.remove(one);
        }
    }

    @Override
    public boolean isEmpty() {
        return oximeters.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Packed.put(out, oximeters.size());
        for (Oximeter one : oximeters) {
            Run low = one.low;
            Run better = one.better;
            Packed.putText(out, one.device);
            out.put((byte) ((low == null ? 0 : HAS_LOW) | (better == null ? 0 : HAS_BETTER)));
            if (low != null) {
                low.encode(out, 0, 0);
            }
            if (better != null) {
                better.encode(out, 0, 0);
            }
        }
    }

    static BreathMemory decode(ByteBuffer in) {
        BreathMemory memory = new BreathMemory();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            Oximeter one = new Oximeter(Packed.getText(in));
            int head = in.get();
            one.low = (head & HAS_LOW) == 0 ? null : Run.decode(in, 0, 0);
            one.better = (head & HAS_BETTER) == 0 ? null : Run.decode(in, 0, 0);
            memory.oximeters.add(one);
        }
        return memory;
    }
}
