package io.vitaltwin.twin.core.news2;

/** Scale 2 only on a clinician's record of hypercapnic respiratory failure with a target of 88-92 %; COPD alone does not switch. */
public enum Spo2Scale {
    ONE, TWO;

    /** @throws IllegalArgumentException if it is neither 1 nor 2 */
    public static Spo2Scale of(int number) {
        return switch (number) {
            case 1 -> ONE;
            case 2 -> TWO;
            default -> throw new IllegalArgumentException("the SpO2 scale must be 1 or 2, found " + number);
        };
    }
}
