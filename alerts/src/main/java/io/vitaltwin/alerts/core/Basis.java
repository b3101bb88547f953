package io.vitaltwin.alerts.core;

/** A measurement that an alert rests on; never its value. */
public record Basis(String deviceId, String vital, long effectiveMillis) {
}
