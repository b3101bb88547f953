package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.testbench.scenario.Expectations.Quality;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Expected verdicts against the final ones. */
final class QualityComparison {

    private final Scenario scenario;
    private final List<Judged> judged;
    private final String readingsTopic;

    QualityComparison(ScenarioPlan plan, Observed observed, String readingsTopic) {
        this.scenario = plan.scenario();
        this.judged = Judged.of(plan, observed);
        this.readingsTopic = readingsTopic;
    }

    List<String> differences() {
        return scenario.expect().quality().stream().flatMap(quality -> differences(quality).stream()).toList();
    }

    private List<String> differences(Quality quality) {
        List<Judged> inSpan = judged.stream().filter(j -> j.sent().device().equals(quality.device())
                && j.sent().vital().equals(quality.vital()) && within(quality, j.effective())).toList();
        List<Judged> fitting = inSpan.stream().filter(j -> fits(quality, j)).toList();
        List<String> differences = new ArrayList<>();
        quality.count().filter(count -> !count.holds(fitting.size())).ifPresent(count -> differences.add(named(quality) + ": expected "
                + count + " readings, came " + fitting.size() + " of " + inSpan.size() + decider(quality, inSpan, count.high() > 0)));
        quality.share().ifPresent(share -> share(quality, share, inSpan, fitting).ifPresent(differences::add));
        return differences;
    }

    private Optional<String> share(Quality quality, Range share, List<Judged> inSpan, List<Judged> fitting) {
        if (inSpan.isEmpty()) {
            return Optional.of(named(quality) + ": expected a share of " + share + ", but no reading was judged");
        }
        if (share.holds((double) fitting.size() / inSpan.size())) {
            return Optional.empty();
        }
        return Optional.of(named(quality) + ": expected a share of " + share + ", came " + fitting.size() + " of " + inSpan.size()
                + decider(quality, inSpan, share.high() > 0));
    }

    /** The beginning is included, the end is not; a span of one instant holds that instant. */
    private boolean within(Quality quality, Instant effective) {
        Duration offset = Duration.between(scenario.start(), effective);
        if (quality.from().isPresent() && quality.from().equals(quality.to())) {
            return offset.equals(quality.from().get());
        }
        return quality.from().map(from -> offset.compareTo(from) >= 0).orElse(true)
                && quality.to().map(to -> offset.compareTo(to) < 0).orElse(true);
    }

    private static boolean fits(Quality quality, Judged reading) {
        return quality.verdict().map(verdict -> verdict == reading.verdict()).orElse(true)
                && quality.reason().map(reading.reasons()::contains).orElse(true);
    }

    /** The first reading that is other than wanted. */
    private String decider(Quality quality, List<Judged> inSpan, boolean wanted) {
        return inSpan.stream().filter(j -> fits(quality, j) != wanted).findFirst()
                .map(j -> " (first: " + Offsets.show(scenario.start(), j.effective()) + " " + j.verdict() + " " + j.reasons() + " at "
                        + readingsTopic + "-0@" + j.sent().offset() + "#" + j.sent().index() + ")")
                .orElse("");
    }

    private static String named(Quality quality) {
        return "quality of " + quality.device() + " " + quality.vital() + " (line " + quality.line() + "), "
                + quality.verdict().map(Verdict::toString).orElse("any verdict") + quality.reason().map(r -> " for " + r).orElse("")
                + quality.from().map(from -> " from " + Offsets.show(from)).orElse("")
                + quality.to().map(to -> " to " + Offsets.show(to)).orElse("");
    }

    /**
     * A reading and its final verdict.
     *
     * @param effective where the reading stands in the end: corrected when the clock was
     */
    record Judged(SentReading sent, Instant effective, Verdict verdict, List<String> reasons) {

        Judged {
            reasons = List.copyOf(reasons);
        }

        static List<Judged> of(ScenarioPlan plan, Observed observed) {
            return new Verdicts(plan.sent(), observed).judged();
        }

        static Judged accepted(SentReading sent) {
            return new Judged(sent, sent.effective(), Verdict.ACCEPT, List.of());
        }

        static Judged flagged(SentReading sent, QualityFlag flag) {
            return new Judged(sent, flag.getEffectiveTime(), flag.getVerdict(), flag.getReasons());
        }

        /** The worse of both verdicts, with the reasons of both. */
        Judged under(QualityFlag span) {
            Verdict worse = verdict.compareTo(span.getVerdict()) > 0 ? verdict : span.getVerdict();
            return new Judged(sent, effective, worse, Stream.concat(reasons.stream(), span.getReasons().stream()).distinct().toList());
        }
    }
}
