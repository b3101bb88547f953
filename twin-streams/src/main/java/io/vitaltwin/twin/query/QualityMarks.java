package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Verdict;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The verdict on each reading, from the flags of one patient taken in their order: of two flags for one reading the later holds, but one for a span makes
 * no verdict better. Holds one entry for each flagged reading.
 */
public final class QualityMarks {

    private record Stream(String device, String vital) {
    }

    private static final class Marks {
        private final Map<Long, Mark> byTime = new HashMap<>();
        private final List<QualityFlag> spans = new ArrayList<>();
    }

    private final Map<Stream, Marks> streams = new HashMap<>();
    /** Most flags say the same: one object serves them all. */
    private final Map<Mark, Mark> known = new HashMap<>();

    public void take(QualityFlag flag) {
        Marks marks = streams.computeIfAbsent(new Stream(flag.getDeviceId(), flag.getVital()), stream -> new Marks());
        if (flag.getUntilTime() != null) {
            marks.spans.add(flag);
            return;
        }
        Mark mark = new Mark(flag.getVerdict(), flag.getReasons(), flag.getSigma(), flag.getRuleVersion());
        marks.byTime.put(flag.getEffectiveTime().toEpochMilli(), known.computeIfAbsent(mark, same -> same));
    }

    /** Null when nothing was said of the reading: it was accepted, or not judged at all. */
    public @Nullable Mark of(String device, String vital, long effectiveMillis) {
        Marks marks = streams.get(new Stream(device, vital));
        if (marks == null) {
            return null;
        }
        Mark mark = marks.byTime.get(effectiveMillis);
        for (QualityFlag span : marks.spans) {
            if (span.getEffectiveTime().toEpochMilli() <= effectiveMillis && effectiveMillis <= span.getUntilTime().toEpochMilli()) {
                mark = under(mark, span);
            }
        }
        return mark;
    }

    private static Mark under(@Nullable Mark before, QualityFlag span) {
        Verdict known = before == null ? Verdict.ACCEPT : before.verdict();
        TreeSet<String> reasons = new TreeSet<>(span.getReasons());
        if (before != null) {
            reasons.addAll(before.reasons());
        }
        return new Mark(known.compareTo(span.getVerdict()) >= 0 ? known : span.getVerdict(), List.copyOf(reasons),
                before == null ? span.getSigma() : before.sigma(), span.getRuleVersion());
    }
}
