package io.vitaltwin.twin.core.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Days and hours where the patient lives. */
final class PatientTime {

    private PatientTime() {
    }

    /** Epoch day of the patient's date at this moment. */
    static long day(ZoneId zone, long millis) {
        return at(zone, millis).toLocalDate().toEpochDay();
    }

    /** Hour of the patient's clock, 0 to 23. */
    static int hour(ZoneId zone, long millis) {
        return at(zone, millis).getHour();
    }

    /** When the patient's clock shows this time of this day; the moment after it where the clock jumps over it. */
    static long millis(ZoneId zone, long epochDay, int hour, int minute) {
        return LocalDate.ofEpochDay(epochDay).atTime(hour, minute).atZone(zone).toInstant().toEpochMilli();
    }

    private static ZonedDateTime at(ZoneId zone, long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone);
    }
}
