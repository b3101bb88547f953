package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.TwinBaseline;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.baseline.Usual;
import io.vitaltwin.twin.core.quality.VitalLimits;
import io.vitaltwin.twin.core.rules.RuleId;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a course is drawn against: limits of the rules with the patient's own numbers, and what is usual for the person. Pure. */
final class References {

    /** CLINICAL.md 7.1: a median absolute deviation as a standard deviation, and from how many of them on a value is odd for the person. */
    private static final double MAD_TO_SD = 1.4826;
    private static final double ODD = 3;
    /** So many expected readings must be missing for a gap: as long as a device may be quiet before it counts as silent. */
    private static final int READINGS_OF_A_GAP = 3;

    private References() {
    }

    /**
     * Where an alert begins, of the vitals that the plan collects. A limit of the rules alone: what else a rule asks for (how long, how often, at rest)
     * is not drawn.
     */
    static Optional<Trend.Limits> limits(Plan plan, Vital vital) {
        if (!plan.collects(vital)) {
            return Optional.empty();
        }
        boolean hypercapnic = plan.spo2Scale() == 2;
        return switch (vital) {
            case SPO2 -> limits(plan, at(hypercapnic ? RuleId.COPD_SPO2_LOW : RuleId.SPO2_LOW, "on"),
                    hypercapnic && plan.oxygen().orElse(false) ? at(RuleId.COPD_OVER_OXYGENATION, "on") : NONE);
            case HEART_RATE -> limits(plan, at(RuleId.HR_BRADY, "on"), at(RuleId.HR_TACHY_REST, "on"));
            case RESPIRATORY_RATE -> limits(plan, at(RuleId.RESP_DEPRESSION, "on"), at(RuleId.RESP_HIGH, "on"));
            case BODY_TEMPERATURE -> limits(plan, NONE, at(RuleId.FEVER, "on"));
            case BP_SYSTOLIC -> limits(plan, at(RuleId.BP_LOW, "on"), at(RuleId.BP_SEVERE, "systolic"));
            case BP_DIASTOLIC -> limits(plan, NONE, at(RuleId.BP_SEVERE, "diastolic"));
            case GLUCOSE_INTERSTITIAL -> limits(plan, at(RuleId.CGM_HYPO_L1, "on"), at(RuleId.CGM_HYPER_L2, "on"));
            default -> Optional.empty();
        };
    }

    private record At(RuleId rule, String parameter) {
    }

    private static final Optional<At> NONE = Optional.empty();

    private static Optional<At> at(RuleId rule, String parameter) {
        return Optional.of(new At(rule, parameter));
    }

    private static Optional<Trend.Limits> limits(Plan plan, Optional<At> low, Optional<At> high) {
        return Optional.of(new Trend.Limits(low.map(at -> plan.rules().milli(at.rule, at.parameter) / 1000.0),
                high.map(at -> plan.rules().milli(at.rule, at.parameter) / 1000.0))).filter(found -> found.low().isPresent() || found.high().isPresent());
    }

    /** Of the baselines that rest on enough days, or that the plan gives, the one of most days; learned ones before given ones. */
    static Optional<Trend.Personal> personal(TwinSnapshot twin, Vital vital) {
        return twin.getVitals().stream().filter(one -> one.getVital().equals(vital.id())).flatMap(one -> usable(one).stream().map(usual -> band(usual, one)))
                .max(Comparator.comparing(Band::days)).map(Band::personal);
    }

    private record Band(int days, Trend.Personal personal) {
    }

    private static List<TwinBaseline> usable(TwinVital vital) {
        return vital.getBaselines().stream().filter(usual -> usual.getGiven() || usual.getDays() >= Usual.ENOUGH_DAYS).toList();
    }

    private static Band band(TwinBaseline usual, TwinVital vital) {
        double floor = vital.getSigma() == null ? 0 : vital.getSigma() / 2;
        double far = ODD * Math.max(MAD_TO_SD * usual.getMad(), floor);
        return new Band(usual.getGiven() ? -1 : usual.getDays(), new Trend.Personal(round(usual.getMedian() - far), usual.getMedian(), round(usual.getMedian() + far)));
    }

    private static double round(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    /** @param devices that sent readings in the span @param widthMillis of the spans that were folded; 0: none */
    static long gapAfterMillis(Plan plan, Vital vital, List<String> devices, long atMillis, long widthMillis) {
        long interval = devices.stream().map(id -> plan.device(id, atMillis))
                .mapToLong(device -> plan.intervalMillis(vital, device, VitalLimits.intervalMillis(vital, device))).max()
                .orElseGet(() -> plan.cadenceMillis().getOrDefault(vital, 0L));
        return Math.max(READINGS_OF_A_GAP * interval, 2 * widthMillis);
    }
}
