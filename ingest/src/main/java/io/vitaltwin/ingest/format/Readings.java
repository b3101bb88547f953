package io.vitaltwin.ingest.format;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Reading;

import java.time.Instant;

/** Builds readings. */
final class Readings {

    private Readings() {
    }

    static Reading of(String vital, Instant time, Object value, String unit) {
        return of(vital, time, value, unit, ActivityContext.UNKNOWN);
    }

    static Reading of(String vital, Instant time, Object value, String unit, ActivityContext context) {
        return Reading.newBuilder()
                .setVital(vital)
                .setEffectiveTime(time)
                .setValue(value)
                .setUnit(unit)
                .setContext(context)
                .build();
    }
}
