package io.vitaltwin.twin.core.news2;

import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.news2.News2Inputs.Input;

import org.jspecify.annotations.Nullable;

/**
 * Scores what is there and bounds what is not. A missing input is never taken for normal: not even consciousness for alert.
 *
 * @see "CLINICAL.md section 2.3"
 */
public final class News2 {

    private static final Parameter[] PARAMETERS = Parameter.values();

    private final News2Inputs inputs;
    private final Spo2Scale scale;
    private final Band published;
    private final long atMillis;
    /** ACCEPT: leave the suspect inputs out. */
    private final Verdict worst;

    private int sum;
    private int max;
    private int packed;
    private int missing;
    private int suspect;
    private boolean byPrescription;
    private long newest = Long.MIN_VALUE;

    private News2(News2Inputs inputs, Spo2Scale scale, Band published, long atMillis, Verdict worst) {
        this.inputs = inputs;
        this.scale = scale;
        this.published = published;
        this.atMillis = atMillis;
        this.worst = worst;
    }

    /**
     * The score at one effective time.
     *
     * @param published the band that was published last for this patient, ZERO before the first: it shortens how old an input may be
     * @param atMillis effective time for which ages are counted
     * @throws IllegalArgumentException if an input has a unit that is not one of its vital's
     */
    public static News2Result score(News2Inputs inputs, Spo2Scale scale, Prescription prescription, Band published, long atMillis) {
        News2 all = new News2(inputs, scale, published, atMillis, Verdict.SUSPECT);
        all.addAll(prescription);
        boolean capped = false;
        if (all.suspect != 0) {
            News2 accepted = new News2(inputs, scale, published, atMillis, Verdict.ACCEPT);
            accepted.addAll(prescription);
            capped = all.atLeast().isAbove(accepted.atLeast());
        }
        return new News2Result(all.sum, all.max, all.packed, all.missing, all.suspect, capped, all.byPrescription, all.newest);
    }

    private void addAll(Prescription prescription) {
        Input flow = usable(Parameter.OXYGEN);
        byPrescription = flow == null && prescription != Prescription.NONE;
        boolean onOxygen = flow != null ? SubScores.isOxygen(flow.value()) : prescription == Prescription.OXYGEN;
        for (Parameter parameter : PARAMETERS) {
            Input input = usable(parameter);
            if (input != null) {
                add(parameter, points(parameter, input, onOxygen), input);
            } else if (parameter == Parameter.OXYGEN && byPrescription) {
                addPoints(parameter, SubScores.oxygen(onOxygen));
            } else {
                missing |= parameter.bit();
                max += parameter.maxSubScore();
            }
        }
        if (flow == null && !byPrescription) {
            max += spo2PointsByOxygen();
        }
    }

    /** With oxygen unknown, a saturation on scale 2 may be worth more than it was scored on air. */
    private int spo2PointsByOxygen() {
        Input input = usable(Parameter.SPO2);
        return input == null ? 0 : points(Parameter.SPO2, input, true) - points(Parameter.SPO2, input, false);
    }

    private @Nullable Input usable(Parameter parameter) {
        return inputs.usable(parameter, published, atMillis, worst);
    }

    private int points(Parameter parameter, Input input, boolean onOxygen) {
        return switch (parameter) {
            case RESPIRATORY_RATE -> SubScores.respiratoryRate(input.value());
            case SPO2 -> SubScores.spo2(input.value(), scale, onOxygen);
            case OXYGEN -> SubScores.oxygen(onOxygen);
            case BP_SYSTOLIC -> SubScores.bpSystolic(input.value());
            case HEART_RATE -> SubScores.heartRate(input.value());
            case CONSCIOUSNESS -> SubScores.consciousness(input.value());
            case BODY_TEMPERATURE -> SubScores.bodyTemperature(input.value());
        };
    }

    private void add(Parameter parameter, int points, Input input) {
        addPoints(parameter, points);
        newest = Math.max(newest, input.effectiveMillis());
        if (input.verdict() == Verdict.SUSPECT) {
            suspect |= parameter.bit();
        }
    }

    private void addPoints(Parameter parameter, int points) {
        sum += points;
        max += points;
        packed |= News2Result.pack(parameter, points);
    }

    private Band atLeast() {
        return Band.of(sum, News2Result.anyThree(packed));
    }
}
