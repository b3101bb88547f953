package io.vitaltwin.twin.core.news2;

import io.vitaltwin.twin.core.Vital;

import java.util.Optional;

/** What NEWS2 scores, in the order of its chart. Stored in state by number: append only. */
public enum Parameter {
    RESPIRATORY_RATE("respiratory_rate", Vital.RESPIRATORY_RATE, 3),
    SPO2("spo2", Vital.SPO2, 3),
    /** Air or oxygen, from the flow. */
    OXYGEN("oxygen", Vital.O2_FLOW, 2),
    BP_SYSTOLIC("bp_systolic", Vital.BP_SYSTOLIC, 3),
    HEART_RATE("heart_rate", Vital.HEART_RATE, 3),
    CONSCIOUSNESS("consciousness", Vital.CONSCIOUSNESS, 3),
    BODY_TEMPERATURE("body_temperature", Vital.BODY_TEMPERATURE, 3);

    private static final Parameter[] BY_VITAL = new Parameter[Vital.values().length];

    static {
        for (Parameter parameter : values()) {
            BY_VITAL[parameter.vital.ordinal()] = parameter;
        }
    }

    private final String id;
    private final Vital vital;
    private final int maxSubScore;

    Parameter(String id, Vital vital, int maxSubScore) {
        this.id = id;
        this.vital = vital;
        this.maxSubScore = maxSubScore;
    }

    /** As published, such as {@code oxygen}. */
    public String id() {
        return id;
    }

    /** The vital that feeds it. */
    public Vital vital() {
        return vital;
    }

    /** The most points that it can add. */
    public int maxSubScore() {
        return maxSubScore;
    }

    /** Empty when NEWS2 does not score the vital. */
    public static Optional<Parameter> of(Vital vital) {
        return Optional.ofNullable(BY_VITAL[vital.ordinal()]);
    }

    int bit() {
        return 1 << ordinal();
    }
}
