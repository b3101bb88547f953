package io.vitaltwin.standalone.erase;

import io.vitaltwin.standalone.erase.Marker.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for all markers of a patient at once. An id that stands inside a longer id of somebody else, such as {@code p-1} in {@code p-10}, is not
 * found, if that longer id is known.
 */
final class ByteSearch {

    /** How often something of each kind was found. */
    static final class Hits {

        private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

        private void add(Kind kind) {
            counts.merge(kind, 1L, Long::sum);
        }

        long of(Kind kind) {
            return counts.getOrDefault(kind, 0L);
        }

        /** All that names or measures the patient: an alias names nobody once its key is destroyed. */
        long naming() {
            return counts.entrySet().stream().filter(one -> one.getKey() != Kind.ALIAS).mapToLong(Map.Entry::getValue).sum();
        }

        void add(Hits more) {
            more.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        }
    }

    private static final int WINDOW = 1 << 20;

    private final BitSet beginnings = new BitSet(1 << 16);
    private final Map<Integer, List<Marker>> markers = new HashMap<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<String, Set<String>> longerIds = new HashMap<>();
    private int longest = 2;

    /** @param wanted each of at least two bytes */
    ByteSearch(Collection<Marker> wanted) {
        for (Marker marker : wanted) {
            int beginning = beginning(marker.bytes(), 0);
            beginnings.set(beginning);
            markers.computeIfAbsent(beginning, key -> new ArrayList<>()).add(marker);
            longest = Math.max(longest, marker.bytes().length);
            if (marker.text() != null) {
                ids.add(marker.text());
            }
        }
    }

    /** An id of somebody else: one of the patient's that stands inside it there is not the patient's. */
    void othersId(String other) {
        for (String id : ids) {
            if (other.length() > id.length() && other.contains(id)) {
                longerIds.computeIfAbsent(id, key -> new LinkedHashSet<>()).add(other);
                longest = Math.max(longest, other.getBytes(StandardCharsets.UTF_8).length);
            }
        }
    }

    Hits search(byte[] bytes) {
        Hits hits = new Hits();
        search(bytes, 0, bytes.length, bytes.length, hits);
        return hits;
    }

    /** Searches a stream in windows that overlap by more than any marker is long. @return bytes that were read */
    long search(InputStream in, Hits hits) throws IOException {
        byte[] window = new byte[WINDOW + 2 * longest];
        int begin = 0;      // the first place that was not looked at yet
        int filled = 0;
        long total = 0;
        while (true) {
            int read = in.readNBytes(window, filled, window.length - filled);
            filled += read;
            total += read;
            boolean last = filled < window.length;
            int end = last ? filled : filled - longest;
            search(window, begin, end, filled, hits);
            if (last) {
                return total;
            }
            int kept = 2 * longest; // as much before the next place as after it: a longer id may have begun there
            System.arraycopy(window, filled - kept, window, 0, kept);
            begin = kept - longest;
            filled = kept;
        }
    }

    /** Finds what begins from {@code from} on and before {@code to}. */
    private void search(byte[] bytes, int from, int to, int limit, Hits hits) {
        for (int i = from; i < to && i + 1 < limit; i++) {
            int beginning = beginning(bytes, i);
            if (beginnings.get(beginning)) {
                for (Marker marker : markers.getOrDefault(beginning, List.of())) {
                    if (isAt(marker.bytes(), bytes, i, limit) && !isInsideLonger(marker, bytes, i, limit)) {
                        hits.add(marker.kind());
                    }
                }
            }
        }
    }

    private boolean isInsideLonger(Marker marker, byte[] bytes, int at, int limit) {
        String id = marker.text();
        if (id == null || !longerIds.containsKey(id)) {
            return false;
        }
        int idAt = at + marker.bytes().length - id.getBytes(StandardCharsets.UTF_8).length;
        for (String longer : longerIds.get(id)) {
            for (int inside = longer.indexOf(id); inside >= 0; inside = longer.indexOf(id, inside + 1)) {
                int start = idAt - longer.substring(0, inside).getBytes(StandardCharsets.UTF_8).length;
                if (start >= 0 && isAt(longer.getBytes(StandardCharsets.UTF_8), bytes, start, limit)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAt(byte[] wanted, byte[] bytes, int at, int limit) {
        return at + wanted.length <= limit && Arrays.equals(wanted, 0, wanted.length, bytes, at, at + wanted.length);
    }

    private static int beginning(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
