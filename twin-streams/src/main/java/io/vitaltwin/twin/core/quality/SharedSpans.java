package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;
import io.vitaltwin.twin.core.part.Parts;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * DQ-22 of one patient: when which device measured somebody else too. Some 12 bytes for each span and the id of its device; only patients who have
 * one remember anything.
 *
 * <p>A span holds from the append time of the record that told it on, as a timer sees that: what is decided in the same second does not depend on which came first.
 */
public final class SharedSpans implements Part {

    public static final PartType<SharedSpans> TYPE =
            new PartType<>(PartKind.SHARED_DEVICE, SharedSpans.class, SharedSpans::new, SharedSpans::decode);

    /** For readings that come later: what is older is history. Project default, no source. */
    static final long KEPT_MILLIS = 48 * 3_600_000L;

    /** A patient has no more devices that wander at once; of more the oldest span is forgotten. Project default, no source. */
    static final int MOST = 16;

    /**
     * One span of effective time, both ends included.
     *
     * @param knownMillis append time from which it holds; 0: it does
     */
    private record Span(String deviceId, long fromMillis, long untilMillis, long knownMillis) {

        boolean holds() {
            return knownMillis == 0;
        }
    }

    /** Readings that turned out to be in doubt, both ends included. */
    public record Doubted(String deviceId, long fromMillis, long untilMillis) {
    }

    private final List<Span> spans = new ArrayList<>(1);

    /** Whether the reading of this device and moment is in doubt. */
    static boolean isShared(Parts parts, String deviceId, long effectiveMillis) {
        SharedSpans shared = parts.find(TYPE).orElse(null);
        return shared != null && shared.covers(deviceId, effectiveMillis);
    }

    private boolean covers(String deviceId, long effectiveMillis) {
        for (Span span : spans) {
            if (span.holds() && span.fromMillis() <= effectiveMillis && effectiveMillis <= span.untilMillis() && span.deviceId().equals(deviceId)) {
                return true;
            }
        }
        return false;
    }

    /** Takes note of a span that was told. One that ends before it begins takes back what was told from its beginning on. */
    public void tell(String deviceId, long fromMillis, long untilMillis, long appendMillis) {
        spans.add(new Span(deviceId, fromMillis, untilMillis, appendMillis));
        if (spans.size() > MOST) {
            spans.remove(0);
        }
    }

    /** Lets what was told until then hold. @return what that puts in doubt and was not before, in the order in which it was told */
    public List<Doubted> settle(long untilAppendMillis) {
        List<Doubted> doubted = new ArrayList<>(0);
        for (Span told : List.copyOf(spans)) {
            if (!told.holds() && told.knownMillis() <= untilAppendMillis) {
                spans.remove(told);
                settle(told).ifPresent(doubted::add);
            }
        }
        return doubted;
    }

    private Optional<Doubted> settle(Span told) {
        long from = told.fromMillis();
        for (Span known : List.copyOf(spans)) {
            if (known.holds() && known.deviceId().equals(told.deviceId()) && known.fromMillis() >= told.fromMillis()) {
                from = known.fromMillis() == told.fromMillis() ? Math.max(from, known.untilMillis() + 1) : from;
                spans.remove(known);
            }
        }
        if (told.untilMillis() < told.fromMillis()) {
            return Optional.empty();
        }
        spans.add(new Span(told.deviceId(), told.fromMillis(), told.untilMillis(), 0));
        return from <= told.untilMillis() ? Optional.of(new Doubted(told.deviceId(), from, told.untilMillis())) : Optional.empty();
    }

    /** Devices of which a span is not over yet, in the order of their ids. */
    public TreeSet<String> open(long nowMillis) {
        TreeSet<String> devices = new TreeSet<>();
        for (Span span : spans) {
            if (span.holds() && span.untilMillis() >= nowMillis) {
                devices.add(span.deviceId());
            }
        }
        return devices;
    }

    /** When the doubt began that is not over yet. @throws IllegalArgumentException if there is none */
    public long openSince(String deviceId, long nowMillis) {
        return spans.stream().filter(span -> span.holds() && span.untilMillis() >= nowMillis && span.deviceId().equals(deviceId))
                .mapToLong(Span::fromMillis).min().orElseThrow(() -> new IllegalArgumentException("no open span of this device"));
    }

    /** Forgets spans that ended long ago. */
    public void forget(long nowMillis) {
        spans.removeIf(span -> span.holds() && span.untilMillis() + KEPT_MILLIS < nowMillis);
    }

    /** The next append time at which something begins to hold, ends or is forgotten, after this one; {@link Parts#NEVER} when there is none. */
    public long nextMillis(long nowMillis) {
        long next = Parts.NEVER;
        for (Span span : spans) {
            if (!span.holds()) {
                next = Math.min(next, span.knownMillis());
            } else {
                long end = span.untilMillis() + 1;
                next = Math.min(next, end > nowMillis ? end : end + KEPT_MILLIS);
            }
        }
        return next;
    }

    @Override
    public boolean isEmpty() {
        return spans.isEmpty();
    }

    @Override
    public void encode(ByteBuffer out) {
        Packed.put(out, spans.size());
        for (Span span : spans) {
            Packed.putText(out, span.deviceId());
            Packed.putSigned(out, span.fromMillis());
            Packed.putSigned(out, span.untilMillis() - span.fromMillis());
            Packed.put(out, span.knownMillis());
        }
    }

    private static SharedSpans decode(ByteBuffer in) {
        SharedSpans shared = new SharedSpans();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            String device = Packed.getText(in);
            long from = Packed.getSigned(in);
            shared.spans.add(new Span(device, from, from + Packed.getSigned(in), Packed.get(in)));
        }
        return shared;
    }
}
