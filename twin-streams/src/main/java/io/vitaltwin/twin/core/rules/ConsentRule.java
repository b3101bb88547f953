package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.state.Ended;
import io.vitaltwin.twin.core.state.Episode;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ends, and what is told, when consent no longer covers what an episode rests on.
 *
 * @see "CLINICAL.md section 8.3.6"
 */
public final class ConsentRule {

    private static final Set<Vital> SCORED = EnumSet.of(Vital.RESPIRATORY_RATE, Vital.SPO2, Vital.O2_FLOW, Vital.BP_SYSTOLIC,
            Vital.HEART_RATE, Vital.CONSCIOUSNESS, Vital.BODY_TEMPERATURE);
    private static final Map<Family, Set<Vital>> BASES = new EnumMap<>(Family.class);
    private static final String EXPIRED = "CONSENT_EXPIRED";

    static {
        for (Family family : Family.values()) {
            BASES.put(family, baseOf(family));
        }
    }

    private ConsentRule() {
    }

    /**
     * Ends the episodes that rest only on what may no longer be used or that are no longer wanted, forgets those that have ended, and tells once that monitoring has stopped, without data.
     *
     * @param covered vitals that may be used from now on
     * @param planChanged the care plan changed, not the consent: nothing is told about consent
     */
    public static void onCovered(Turn turn, Set<Vital> covered, boolean planChanged, String endReason, long effectiveMillis) {
        for (Episode episode : List.copyOf(turn.twin().episodes())) {
            boolean scale = (episode.tags() & Tag.WRONG_PERSON.bit()) != 0 && !covered.contains(Vital.BODY_WEIGHT);
            if (scale || mayRestOnSaturation(turn, episode) && !covered.contains(Vital.SPO2) || !isCovered(episode.family(), covered)) {
                Episodes.close(turn, episode, effectiveMillis, endReason);
            }
        }
        RhythmRules.onCovered(turn, covered, effectiveMillis, endReason);
        CustomRules.onCovered(turn, covered, effectiveMillis, endReason);
        OptOut.onCovered(turn, effectiveMillis);
        StatementRule.onCovered(turn, covered);
        SharedDeviceRule.onCovered(turn, covered, effectiveMillis, endReason);
        endSilence(turn, covered, effectiveMillis, endReason);
        turn.twin().parts().find(Ended.TYPE).ifPresent(ended -> ended.keep(family -> isCovered(family, covered)));
        boolean monitored = !covered.isEmpty();
        if (monitored) {
            Episodes.release(turn, RuleId.CONSENT_WITHDRAWN, effectiveMillis, List.of());
        } else if (turn.twin().isMonitored() && !planChanged) {
            String why = switch (endReason) {
                case EXPIRED -> "because consent has expired";
                case EmergencyRule.END_REASON -> "because the emergency access has ended";
                default -> "at the patient's request";
            };
            String text = Texts.fill(turn.rules(), RuleId.CONSENT_WITHDRAWN, Map.of("why", why));
            Episodes.raise(turn, new Raise(
                    RuleId.CONSENT_WITHDRAWN, Priority.INFO, effectiveMillis, effectiveMillis, 0, text, List.of()));
        }
        turn.twin().monitored(monitored);
    }

    /** Which of its two signs led to RESP_DEPRESSION is not kept: it ends with either, and the other raises it anew. */
    private static boolean mayRestOnSaturation(Turn turn, Episode episode) {
        return episode.holds(RuleId.RESP_DEPRESSION) && turn.plan().collects(Vital.SPO2);
    }

    /** A stream that may not be used is not silent: it is not listened to. */
    private static void endSilence(Turn turn, Set<Vital> covered, long effectiveMillis, String endReason) {
        if (covered.isEmpty()) {
            turn.twin().episode(Family.SILENCE).ifPresent(episode -> Episodes.close(turn, episode, effectiveMillis, endReason));
            return;
        }
        SilenceRules.endIfHeard(turn, RuleId.CGM_SIGNAL_LOSS, effectiveMillis, List.of());
        SilenceRules.endIfHeard(turn, RuleId.DEVICE_SILENT, effectiveMillis, List.of());
    }

    private static boolean isCovered(Family family, Set<Vital> covered) {
        Set<Vital> base = base(family);
        return base.isEmpty() || base.stream().anyMatch(covered::contains);
    }

    /** The vitals that a family rests on; empty for what does not rest on measurements. */
    public static Set<Vital> base(Family family) {
        return BASES.getOrDefault(family, Set.of());
    }

    private static Set<Vital> baseOf(Family family) {
        return switch (family) {
            case SPO2, COPD_OVER_OXYGENATION -> EnumSet.of(Vital.SPO2);
            case HR -> EnumSet.of(Vital.HEART_RATE);
            case CGM_LOW, CGM_HIGH -> EnumSet.of(Vital.GLUCOSE_INTERSTITIAL);
            case NEWS2 -> SCORED;
            case RESP -> EnumSet.of(Vital.RESPIRATORY_RATE);    // the saturation is only a second sign of it
            case BP_SEVERE, BP_LOW, BP_HOME_AVG, REPEAT -> EnumSet.of(Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC);
            case HF_WEIGHT -> EnumSet.of(Vital.BODY_WEIGHT);
            case AF_SUSPECT -> EnumSet.of(Vital.INTER_BEAT_INTERVAL, Vital.ECG_RHYTHM);
            case FEVER -> EnumSet.of(Vital.BODY_TEMPERATURE);
            case QSOFA -> EnumSet.of(Vital.RESPIRATORY_RATE, Vital.BP_SYSTOLIC, Vital.CONSCIOUSNESS);
            case NIGHT_RHR -> EnumSet.of(Vital.HEART_RATE);
            case ACTIVITY_DROP -> EnumSet.of(Vital.STEPS);
            case SYMPTOM_REPORT, SILENCE, DATA_QUALITY, CONSENT, CUSTOM, CUSTOM_FAULT -> EnumSet.noneOf(Vital.class);
        };
    }
}
