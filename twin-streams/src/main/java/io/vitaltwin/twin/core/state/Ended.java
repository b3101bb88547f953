package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The last ended episode of each family: a patient may still dispute it, and what is usual is not learned for a while after it. Some 14 bytes
 * each, for a week.
 */
public final class Ended implements Part {

    public static final PartType<Ended> TYPE = new PartType<>(PartKind.ENDED, Ended.class, Ended::new, Ended::decode);

    /** An older episode is nobody's last one any more. Project default. */
    static final long KEPT_MILLIS = 7 * 86_400_000L;

    private static final Priority[] PRIORITIES = Priority.values();

    /** @param rule the rule that gave the episode its priority, {@code priority}, when it ended */
    public record One(Family family, RuleId rule, Priority priority, long startMillis, long endMillis, int tags) {
    }

    private final Map<Family, One> last = new EnumMap<>(Family.class);

    /** Takes note of an end. What ended too long ago is forgotten. */
    public void add(One one) {
        last.values().removeIf(other -> other.endMillis() < one.endMillis() - KEPT_MILLIS);
        last.put(one.family(), one);
    }

    public Optional<One> last(Family family) {
        return Optional.ofNullable(last.get(family));
    }

    /** Forgets the others. */
    public void keep(Predicate<Family> which) {
        last.keySet().removeIf(which.negate());
    }

    /** Of all families. Not to be changed by the caller. */
    public Iterable<One> all() {
        return last.values();
    }

    @Override
    public boolean isEmpty() {
        return last.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        long before = 0;
        for (One one : last.values()) {
            out.put((byte) one.family().ordinal());
            out.put((byte) one.rule().ordinal());
            out.put((byte) one.priority().ordinal());
            Packed.put(out, one.tags());
            Packed.putSigned(out, one.endMillis() - before);
            Packed.putSigned(out, one.endMillis() - one.startMillis());
            before = one.endMillis();
        }
    }

    static Ended decode(ByteBuffer in) {
        Ended ended = new Ended();
        long before = 0;
        while (in.hasRemaining()) {
            Family family = Family.ofOrdinal(in.get());
            RuleId rule = RuleId.ofOrdinal(in.get());
            Priority priority = PRIORITIES[in.get()];
            int tags = Packed.getInt(in);
            long end = before + Packed.getSigned(in);
            ended.last.put(family, new One(family, rule, priority, end - Packed.getSigned(in), end, tags));
            before = end;
        }
        return ended;
    }
}
