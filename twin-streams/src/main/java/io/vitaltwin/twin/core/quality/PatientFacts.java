package io.vitaltwin.twin.core.quality;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What the checks ask about a patient. Made once per care plan, not per reading.
 *
 * @param birthEpochDay day of birth, days since 1970-01-01; NO_BIRTH_DATE when not known
 * @param widenSpo2 dark pigmentation, or "unknown", is recorded with consent (attribute skinTone: dark or unknown); no entry: no widening
 * @param sleepApnoea condition or attribute sleep_apnoea; widens the nightly respiratory rate
 */
public record PatientFacts(int birthEpochDay, boolean widenSpo2, boolean sleepApnoea) {

    public static final int NO_BIRTH_DATE = Integer.MIN_VALUE;

    /** Nothing is known about the patient. */
    public static final PatientFacts NONE = new PatientFacts(NO_BIRTH_DATE, false, false);

    private static final long DAY_MILLIS = 86_400_000;

    public static PatientFacts of(Optional<LocalDate> birthDate, Collection<String> conditions, Map<String, String> attributes) {
        String skinTone = attributes.getOrDefault("skinTone", "");
        return new PatientFacts(
                birthDate.map(date -> Math.toIntExact(date.toEpochDay())).orElse(NO_BIRTH_DATE),
                skinTone.equals("dark") || skinTone.equals("unknown"),
                conditions.contains("sleep_apnoea") || attributes.containsKey("sleep_apnoea"));
    }

    /** Age in whole years on the day of that moment (UTC); -1 when not known. */
    public int ageYears(long atMillis) {
        if (birthEpochDay == NO_BIRTH_DATE) {
            return -1;
        }
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(atMillis, DAY_MILLIS));
        return (int) ChronoUnit.YEARS.between(LocalDate.ofEpochDay(birthEpochDay), day);
    }
}
