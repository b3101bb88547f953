package io.vitaltwin.alerts.console;

import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.Verdict;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * The newest value of one vital.
 *
 * @param value as sent, in {@code unit}: a number or a code; null: none yet
 * @param sigma measurement uncertainty in the canonical unit of the vital; null: not known
 */
public record VitalNow(
        String vital, @Nullable Object value, String unit, Instant effectiveTime, DeviceGrade grade, Verdict verdict, List<String> reasons,
        @Nullable Double sigma, String deviceId) {

    public VitalNow {
        reasons = List.copyOf(reasons);
    }

    static VitalNow of(TwinVital vital) {
        return new VitalNow(vital.getVital(), vital.getValue(), vital.getUnit(), vital.getEffectiveTime(), vital.getGrade(), vital.getVerdict(),
                vital.getReasons(), vital.getSigma(), vital.getDeviceId());
    }
}
