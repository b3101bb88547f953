package io.vitaltwin.twin.core.rules;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How blood pressure is measured at home for an average: how many days, how often, and what of it counts. Stored by number: append only.
 *
 * @see "CLINICAL.md section 3.3"
 */
public enum HomeProtocol {
    /** European Society of Hypertension 2021 (J Hypertens 39:1742): 7 days, 2 readings morning and evening, without the first day. */
    ESH_2021("ESH_2021", 7, 1, 2, 0),
    /** The alternative of J Am Board Fam Med: from 5 days, 3 + 3 readings, without the first two days and the first of each three. */
    JABFM_3X3("JABFM_3x3", 5, 2, 3, 1);

    /** The attribute of the care plan that names the protocol. */
    public static final String ATTRIBUTE = "bpProtocol";
    /** The longest that readings are collected. */
    static final int LONGEST_DAYS = 7;
    private static final HomeProtocol[] VALUES = values();

    private final String word;
    private final int days;
    private final int droppedDays;
    private final int sessionReadings;
    private final int droppedReadings;

    HomeProtocol(String word, int days, int droppedDays, int sessionReadings, int droppedReadings) {
        this.word = word;
        this.days = days;
        this.droppedDays = droppedDays;
        this.sessionReadings = sessionReadings;
        this.droppedReadings = droppedReadings;
    }

    /** The one that the care plan names; ESH_2021 when it names none that is known. */
    static HomeProtocol of(Map<String, String> attributes) {
        String named = attributes.getOrDefault(ATTRIBUTE, ESH_2021.word);
        return Stream.of(VALUES).filter(protocol -> protocol.word.equals(named)).findFirst().orElse(ESH_2021);
    }

    static HomeProtocol ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }

    /** The words that a care plan may use. */
    public static List<String> words() {
        return Stream.of(VALUES).map(protocol -> protocol.word).toList();
    }

    /** With so many days the protocol can be complete. */
    int days() {
        return days;
    }

    /** First days that do not count. */
    int droppedDays() {
        return droppedDays;
    }

    /** Readings of a morning or an evening; more are not taken. */
    int sessionReadings() {
        return sessionReadings;
    }

    /** First readings of each morning and evening that do not count. */
    int droppedReadings() {
        return droppedReadings;
    }
}
