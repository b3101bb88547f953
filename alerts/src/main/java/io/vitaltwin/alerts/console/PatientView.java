package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.ReportKind;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One patient's page.
 *
 * @param news2 null: not scored, or an input may not be shown
 * @param forecast null: nothing can be said
 * @param limits by vital; empty: none are known here
 * @param plan null: none is known
 */
public record PatientView(
        String patientId, Instant asOf, PatientRow row, @Nullable Score news2, List<Said> says, List<Device> devices, List<AlertRow> openAlerts,
        @Nullable Forecast forecast, Map<String, Limit> limits, @Nullable Plan plan) {

    public PatientView {
        says = List.copyOf(says);
        devices = List.copyOf(devices);
        openAlerts = List.copyOf(openAlerts);
        limits = Map.copyOf(limits);
    }

    /** NEWS2 that says what it does not know. @param minPossible the same as {@code knownSum} */
    public record Score(
            Instant effectiveTime, int knownSum, int minPossible, int maxPossible, boolean complete, List<String> missing, List<String> suspect,
            List<Input> inputs) {
    }

    /** @param vital parameter of the score; oxygen is one, too. Null: of oxygen without a flow no value is known */
    public record Input(String vital, @Nullable Object value, @Nullable String unit, @Nullable Instant effectiveTime, int points) {
    }

    /** What the patient said. @param untilTime null: not known */
    public record Said(ReportKind kind, String word, Instant effectiveTime, @Nullable Instant untilTime, boolean disagreement) {
    }

    /** A device that is registered or was heard. Null: not known. */
    public record Device(
            String deviceId, @Nullable String kind, DeviceGrade grade, List<String> vitals, @Nullable Instant lastHeard, @Nullable Long intervalMillis,
            @Nullable Double batteryPercent, @Nullable Double clockOffsetSeconds, @Nullable Double clockDriftPerDay, @Nullable Double errorRate) {
    }

    /** Nearest first, with the interval that holds 9 of 10 outcomes, in the canonical unit of the vital. @param t epoch milliseconds */
    public record Forecast(String vital, List<Expected> points) {
    }

    public record Expected(long t, double value, double low, double high) {
    }

    public record Limit(@Nullable Double low, @Nullable Double high, String source) {
    }

    /** @param rules rule, parameter, value: what differs for this patient */
    public record Plan(
            String sex, @Nullable String birthDate, String timeZone, List<String> conditions, int spo2Scale, @Nullable String oxygen, boolean news2,
            List<Monitored> monitor, Map<String, Map<String, Double>> rules, String team) {
    }

    public record Monitored(String vital, @Nullable Long cadenceMillis, String purpose, String reason) {
    }
}
