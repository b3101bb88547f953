package io.vitaltwin.twin.core.part;

import io.vitaltwin.twin.core.Vital;

import java.util.EnumSet;
import java.util.Set;

/** The memories that a twin may hold, and the vitals that each rests on. Stored by number: append only. */
public enum PartKind {
    /** Repeats and home averages of the blood pressure. */
    PRESSURE(Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC),
    /** Daily weights. */
    WEIGHT(Vital.BODY_WEIGHT),
    /** The fever course. */
    TEMPERATURE(Vital.BODY_TEMPERATURE),
    /** Windows of beats. */
    RHYTHM(Vital.INTER_BEAT_INTERVAL),
    /** Nightly resting pulse. */
    NIGHTS(Vital.HEART_RATE),
    /** Daily steps. */
    ACTIVITY(Vital.STEPS),
    /** Saturation beside a breath-level source. */
    BREATHING(Vital.RESPIRATORY_RATE, Vital.SPO2),
    /** What the glucose forecast has learned. */
    FORECAST(Vital.GLUCOSE_INTERSTITIAL),
    /** Pulse against cadence: DQ-17 and 5.4. */
    EFFORT(Vital.HEART_RATE, Vital.STEPS),
    /** Two sources of one vital: DQ-20. */
    CONFLICT,
    /** Nights against nights: DQ-21. */
    PERSON(Vital.HEART_RATE, Vital.HRV_RMSSD, Vital.RESPIRATORY_RATE),
    /** Contact and charging: DQ-19. */
    WEAR(Vital.SKIN_TEMPERATURE),
    /** Runs and episodes of custom rules. */
    CUSTOM,
    /** The last ended episode of each family. */
    ENDED,
    /** A sudden fall of the glucose of a sleeper: DQ-24. */
    COMPRESSION(Vital.GLUCOSE_INTERSTITIAL),
    /** What an open suspicion of fibrillation rests on; forgotten by {@code RhythmRules}. */
    IRREGULAR_RHYTHM,
    /** Last digits of pressures written down by hand: DQ-26. */
    PRESSURE_DIGITS(Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC),
    /** Last digits of weights written down by hand: DQ-26. */
    WEIGHT_DIGITS(Vital.BODY_WEIGHT),
    /** What the patient said; forgotten by {@code StatementRule}. */
    STATEMENTS,
    /** When a device measured somebody else too: DQ-22. */
    SHARED_DEVICE;

    static final PartKind[] ALL = values();

    private final Set<Vital> vitals;

    PartKind(Vital... vitals) {
        this.vitals = vitals.length == 0 ? Set.of() : Set.copyOf(EnumSet.of(vitals[0], vitals));
    }

    /** Forgotten as soon as one of these may no longer be used. Empty: its owner forgets what it must. */
    public Set<Vital> vitals() {
        return vitals;
    }
}
