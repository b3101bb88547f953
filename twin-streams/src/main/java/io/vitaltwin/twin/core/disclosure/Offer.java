package io.vitaltwin.twin.core.disclosure;

import java.util.List;

/**
 * One thing that would be shown: an alert, a reading, a snapshot. It is shown whole or not at all.
 *
 * @param data all that it rests on, at least one; every one must be permitted
 * @param values measured values in it, 0 or more
 */
public record Offer(List<Datum> data, long values) {

    public Offer {
        data = List.copyOf(data);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("an offer rests on something: at least a notice");
        }
        if (values < 0) {
            throw new IllegalArgumentException("values must be 0 or more, found " + values);
        }
    }

    public static Offer of(List<Datum> data) {
        return new Offer(data, data.stream().filter(datum -> !datum.isNotice()).count());
    }
}
