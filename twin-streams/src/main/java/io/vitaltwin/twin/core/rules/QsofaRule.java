package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.news2.News2Inputs.Input;
import io.vitaltwin.twin.core.news2.Parameter;
import io.vitaltwin.twin.core.quality.Units;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * QSOFA: two of three signs in a patient of whom the care plan suspects an infection. NEWS2 is the score that decides; this is a note beside it.
 *
 * <p>Only what is fresh is counted. A sign that merely grew old has not ended, so the note stays until fewer than two are left with the old ones.
 *
 * @see "CLINICAL.md sections 3.0 and 3.10"
 */
final class QsofaRule {

    static final String SUSPECTED = "infection_suspected";
    private static final List<Parameter> ASKED = List.of(Parameter.RESPIRATORY_RATE, Parameter.BP_SYSTOLIC, Parameter.CONSCIOUSNESS);
    private static final char ALERT = 'A';

    private QsofaRule() {
    }

    /** What is known of the three signs. */
    private static final class Signs {
        private final List<String> present = new ArrayList<>(3);
        private final List<Proof> proofs = new ArrayList<>(3);
        private int unknown;
        /** Signs that were last seen too long ago to count. */
        private int old;
        /** Present by a reading that is neither SUSPECT nor of a device that nobody validated. */
        private int trusted;
        private boolean suspect;
        private boolean consumer;
    }

    static void onSet(Turn turn, long atMillis) {
        if (!turn.plan().conditions().contains(SUSPECTED)) {
            Episodes.release(turn, RuleId.QSOFA, atMillis, List.of());
            return;
        }
        Signs signs = signs(turn, atMillis);
        int needed = turn.rules().count(RuleId.QSOFA, "on");
        if (signs.present.size() >= needed) {
            raise(turn, signs, signs.trusted >= needed, atMillis);
        } else if (signs.present.size() + signs.old < needed) {
            Episodes.release(turn, RuleId.QSOFA, atMillis, signs.proofs);
        }
    }

    private static Signs signs(Turn turn, long atMillis) {
        Signs signs = new Signs();
        for (Parameter parameter : ASKED) {
            StreamState stream = News2Rules.newest(turn, parameter).orElse(null);
            if (stream == null || !isFresh(News2Rules.input(turn, parameter, stream), atMillis)) {
                signs.unknown++;
                signs.old += stream != null && isSign(turn, stream.vital(), stream.latest().orElseThrow()) ? 1 : 0;
                continue;
            }
            Point point = stream.latest().orElseThrow();
            signs.proofs.add(new Proof("score-input", stream.deviceId(), stream.vital(), point));
            if (isSign(turn, stream.vital(), point)) {
                note(signs, stream.vital(), point);
            }
        }
        return signs;
    }

    private static void note(Signs signs, Vital vital, Point point) {
        boolean suspect = point.verdict() == Verdict.SUSPECT;
        boolean consumer = point.grade() == Grade.CONSUMER || point.grade() == Grade.UNKNOWN;
        signs.suspect |= suspect;
        signs.consumer |= consumer;
        signs.trusted += suspect || consumer ? 0 : 1;
        signs.present.add(vital.id().replace('_', ' ') + " " + Texts.value(point.value()) + " from " + Texts.device(point.grade()));
    }

    private static boolean isFresh(Input input, long atMillis) {
        return input.verdict() != Verdict.REJECT && atMillis - input.effectiveMillis() <= input.ttlMillis();
    }

    private static boolean isSign(Turn turn, Vital vital, Point point) {
        return switch (vital) {
            case RESPIRATORY_RATE -> point.value().milli() >= turn.rules().milli(RuleId.QSOFA, "breaths");
            case BP_SYSTOLIC -> Units.canonicalMilli(point.value(), vital) <= turn.rules().milli(RuleId.QSOFA, "pressure");
            default -> point.value().milli() != ALERT;
        };
    }

    /** Signs that rest on doubtful readings lower the priority and ask to measure again, as in CR 2.3.5. */
    private static void raise(Turn turn, Signs signs, boolean trusted, long atMillis) {
        RuleId rule = RuleId.QSOFA;
        Priority priority = turn.rules().of(rule).priority().atMost(Priority.MEDIUM);
        int tags = (signs.suspect ? Tag.SUSPECT_INPUT.bit() : 0) | (signs.unknown > 0 ? Tag.PARTIAL.bit() : 0);
        if (!trusted) {
            tags |= signs.consumer ? Tag.UNVERIFIED.bit() : Tag.REMEASURE.bit();
            priority = priority.lower();
        }
        if (Episodes.isNews(turn, rule, priority)) {
            String text = Texts.fill(turn.rules(), rule, Map.of("count", Integer.toString(signs.present.size()),
                    "signs", String.join("; ", signs.present))) + Texts.certainty(tags);
            Episodes.raise(turn, new Raise(rule, priority, atMillis, atMillis, tags, text, signs.proofs));
        }
    }
}
