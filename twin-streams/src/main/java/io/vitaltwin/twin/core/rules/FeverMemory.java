package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.daily.Kept;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Raised temperatures of the last hours, of any device: what a second one is paired with. Nothing while there is no fever, some 25 bytes after one raised
 * reading and 15 for each other; a thermometer that sends each minute leaves at most some twenty.
 */
final class FeverMemory implements Part {

    static final PartType<FeverMemory> TYPE = new PartType<>(PartKind.TEMPERATURE, FeverMemory.class, FeverMemory::new, FeverMemory::decode);

    /** Two readings closer than this are one for the sake of pairs. Project default, no source: bounds the memory of a fast sensor. */
    private static final long CLOSEST_MILLIS = 30_000;

    /** Oldest first. */
    private final List<Kept> raised;

    FeverMemory() {
        this(new ArrayList<>(2));
    }

    private FeverMemory(List<Kept> raised) {
        this.raised = raised;
    }

    /** The earliest reading that this time makes a pair with: so far apart, before or after. */
    Optional<Kept> pair(long millis, long minMillis, long maxMillis, Predicate<Kept> counts) {
        return raised.stream()
                .filter(kept -> Math.abs(millis - kept.millis()) >= minMillis && Math.abs(millis - kept.millis()) <= maxMillis)
                .filter(counts)
                .findFirst();
    }

    /**
     * Remembers a raised reading and forgets what can make no pair any more: what is older than the longest distance, and of those that are
     * already far enough from the newest all but the newest of each kind.
     *
     * @param isHigh tells the two kinds apart
     */
    void add(Kept reading, long minMillis, long maxMillis, Predicate<Kept> isHigh) {
        if (raised.stream().anyMatch(kept -> Math.abs(kept.millis() - reading.millis()) < CLOSEST_MILLIS && (isHigh.test(kept) || !isHigh.test(reading)))) {
            return;
        }
        int place = raised.size();
        while (place > 0 && raised.get(place - 1).millis() > reading.millis()) {
            place--;
        }
        raised.add(place, reading);
        long newest = raised.getLast().millis();
        raised.removeIf(kept -> newest - kept.millis() > maxMillis);
        long matured = newest - minMillis;
        List<Kept> old = raised.stream().filter(kept -> kept.millis() <= matured).toList();
        Optional<Kept> lastHigh = old.stream().filter(isHigh).reduce((a, b) -> b);
        raised.removeIf(kept -> kept.millis() <= matured && kept != old.getLast() && lastHigh.filter(high -> high == kept).isEmpty());
    }

    void forget() {
        raised.clear();
    }

    @Override
    public boolean isEmpty() {
        return raised.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Kept.encode(out, raised);
    }

    private static FeverMemory decode(ByteBuffer in) {
        return new FeverMemory(Kept.decode(in));
    }
}
