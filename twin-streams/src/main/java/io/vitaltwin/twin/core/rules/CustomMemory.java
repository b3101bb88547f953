package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Since when the conditions of custom rules hold. Only rules with a condition that holds and must go on holding are in it.
 *
 * <p>Stored form: for each rule its id, a byte of flags, and for each run its first time and its length.
 */
final class CustomMemory implements Part {

    static final PartType<CustomMemory> TYPE = new PartType<>(PartKind.CUSTOM, CustomMemory.class, CustomMemory::new, CustomMemory::decode);

    private static final int RAISING = 1;
    private static final int CLEARING = 2;
    private static final int DOUBTED = 4;

    private final List<Runs> rules = new ArrayList<>(1);

    /** A condition that held at every asking from the first time to the last. */
    record Held(long startMillis, long lastMillis) {

        /** The run with this asking in it; a new one when the gap is too long. One from before the run's end changes nothing. */
        static Held extended(Optional<Held> before, long atMillis, long longestGapMillis) {
            Held run = before.orElse(null);
            if (run == null || atMillis - run.lastMillis > longestGapMillis) {
                return new Held(atMillis, atMillis);
            }
            return new Held(run.startMillis, Math.max(run.lastMillis, atMillis));
        }

        boolean isComplete(long spanMillis) {
            return lastMillis - startMillis >= spanMillis;
        }
    }

    /** The runs of one rule. */
    static final class Runs {
        private final String id;
        private Optional<Held> raising = Optional.empty();
        private Optional<Held> clearing = Optional.empty();
        private boolean doubted;

        private Runs(String id) {
            this.id = id;
        }

        Optional<Held> raising() {
            return raising;
        }

        Optional<Held> clearing() {
            return clearing;
        }

        void raising(Optional<Held> run) {
            raising = run;
        }

        void clearing(Optional<Held> run) {
            clearing = run;
        }

        void sure() {
            doubted = false;
        }

        /** One doubtful reading changes nothing, two in a row end every run: CR 0. */
        void doubt() {
            if (doubted) {
                raising = Optional.empty();
                clearing = Optional.empty();
            }
            doubted = !doubted && !isEmpty();
        }

        private boolean isEmpty() {
            return raising.isEmpty() && clearing.isEmpty();
        }
    }

    Optional<Runs> find(String id) {
        return rules.stream().filter(one -> one.id.equals(id)).findFirst();
    }

    /** The runs of the rule, made if there are none. */
    Runs of(String id) {
        return find(id).orElseGet(() -> {
            Runs made = new Runs(id);
            rules.add(made);
            return made;
        });
    }

    void forget(Predicate<String> ids) {
        rules.removeIf(one -> ids.test(one.id));
    }

    @Override
    public boolean isEmpty() {
        return rules.stream().allMatch(Runs::isEmpty);
    }

    @Override
    public void encode(ByteBuffer out) {
        for (Runs one : rules) {
            if (!one.isEmpty()) {
                Packed.putText(out, one.id);
                out.put((byte) ((one.raising.isPresent() ? RAISING : 0) | (one.clearing.isPresent() ? CLEARING : 0) | (one.doubted ? DOUBTED : 0)));
                one.raising.ifPresent(run -> encode(out, run));
                one.clearing.ifPresent(run -> encode(out, run));
            }
        }
    }

    private static void encode(ByteBuffer out, Held run) {
        Packed.putSigned(out, run.startMillis);
        Packed.put(out, run.lastMillis - run.startMillis);
    }

    private static CustomMemory decode(ByteBuffer in) {
        CustomMemory memory = new CustomMemory();
        while (in.hasRemaining()) {
            Runs one = new Runs(Packed.getText(in));
            int flags = in.get();
            one.raising = (flags & RAISING) != 0 ? Optional.of(held(in)) : Optional.empty();
            one.clearing = (flags & CLEARING) != 0 ? Optional.of(held(in)) : Optional.empty();
            one.doubted = (flags & DOUBTED) != 0;
            memory.rules.add(one);
        }
        return memory;
    }

    private static Held held(ByteBuffer in) {
        long start = Packed.getSigned(in);
        return new Held(start, start + Packed.get(in));
    }
}
