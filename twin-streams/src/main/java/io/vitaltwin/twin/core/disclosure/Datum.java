package io.vitaltwin.twin.core.disclosure;

/**
 * A measurement, or a run of them, that something to be shown tells about; never its value.
 *
 * @param device hash of the device id; empty where no device is named
 * @param vital vital id as sent, or {@link #NOTICE}
 * @param fromMillis effective time of the first measurement
 * @param untilMillis effective time of the last one, included
 */
public record Datum(String device, String vital, long fromMillis, long untilMillis) {

    /**
     * In place of a vital: what names none, such as a notice that monitoring stopped or what the patient said. Those who treat the patient see
     * it without asking; to anybody else it goes only under a rule that covers every class or names this one.
     */
    public static final String NOTICE = "notice";

    public Datum {
        if (untilMillis < fromMillis) {
            throw new IllegalArgumentException("a run of measurements must not end before it begins");
        }
    }

    public static Datum at(String device, String vital, long effectiveMillis) {
        return new Datum(device, vital, effectiveMillis, effectiveMillis);
    }

    public static Datum notice(long effectiveMillis) {
        return at("", NOTICE, effectiveMillis);
    }

    public boolean isNotice() {
        return vital.equals(NOTICE);
    }
}
