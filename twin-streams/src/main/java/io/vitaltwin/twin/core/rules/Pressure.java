package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Units;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Point;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blood pressure that one device measured at one moment. One half may be missing, not both.
 *
 * @param whole nothing is missing that this device measures
 */
record Pressure(
        String deviceId, Trust trust, long effectiveMillis, Optional<Point> systolic, Optional<Point> diastolic, boolean whole) {

    /** What a reading may carry and still be plain. */
    private static final long ANNOTATIONS = Reason.OUT_OF_ORDER.bit() | Reason.LATE.bit() | Reason.GRADE_UNKNOWN.bit() | Reason.CENSORED.bit()
            | Reason.CLOCK_CORRECTED.bit() | Reason.CLOCK_STEP.bit() | Reason.CLOCK_DRIFT.bit() | Reason.DIGIT_PREFERENCE.bit()
            | Reason.SELECTIVE_REPORT.bit();

    private static final int HAS_SYSTOLIC = 4;
    private static final int HAS_DIASTOLIC = 8;
    private static final int WHOLE = 16;

    /** ACCEPT, or SUSPECT only for its rate, which a repeat may be: CR 3.12.6. */
    static boolean isSound(Point point) {
        return point.verdict() == Verdict.ACCEPT || (point.reasons() & ~ANNOTATIONS) == Reason.RATE_IMPLAUSIBLE.bit();
    }

    /** Sound, or SUSPECT for being extreme: a second extreme value is what the repeat was asked for (project default, no source). */
    static boolean isUsable(Point point) {
        long doubts = point.reasons() & ~ANNOTATIONS & ~Reason.RATE_IMPLAUSIBLE.bit() & ~Reason.RANGE_IMPLAUSIBLE.bit();
        return point.verdict() == Verdict.ACCEPT || point.verdict() == Verdict.SUSPECT && doubts == 0;
    }

    Optional<Long> systolicMilli() {
        return systolic.map(point -> Units.canonicalMilli(point.value(), Vital.BP_SYSTOLIC));
    }

    Optional<Long> diastolicMilli() {
        return diastolic.map(point -> Units.canonicalMilli(point.value(), Vital.BP_DIASTOLIC));
    }

    /** Every half that the device measures is there and sound. */
    boolean isSound() {
        return whole && systolic.map(Pressure::isSound).orElse(true) && diastolic.map(Pressure::isSound).orElse(true);
    }

    /** Both halves are there and beyond doubt. */
    boolean isAccepted() {
        return systolic.filter(point -> point.verdict() == Verdict.ACCEPT).isPresent()
                && diastolic.filter(point -> point.verdict() == Verdict.ACCEPT).isPresent();
    }

    /** Whether any half is SUSPECT for more than its rate. */
    boolean isDoubted() {
        return systolic.filter(point -> !isSound(point)).isPresent() || diastolic.filter(point -> !isSound(point)).isPresent();
    }

    /** This moment without the half that turned out to be no measurement; empty when nothing is left. */
    Optional<Pressure> without(Vital vital) {
        Pressure rest = new Pressure(deviceId, trust, effectiveMillis, vital == Vital.BP_SYSTOLIC ? Optional.empty() : systolic,
                vital == Vital.BP_DIASTOLIC ? Optional.empty() : diastolic, false);
        return rest.systolic.isEmpty() && rest.diastolic.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    /** Newest first half's grade in words. */
    String device() {
        return Texts.device(systolic.or(() -> diastolic).orElseThrow().grade());
    }

    /** {@code 186/118 mmHg}. */
    String text() {
        String high = systolicMilli().map(Texts::decimal).orElse("");
        String low = diastolicMilli().map(Texts::decimal).orElse("");
        if (low.isEmpty()) {
            return high + " mmHg systolic";
        }
        return high.isEmpty() ? low + " mmHg diastolic" : high + "/" + low + " mmHg";
    }

    List<Proof> proofs(String role) {
        List<Proof> proofs = new ArrayList<>(2);
        systolic.ifPresent(point -> proofs.add(new Proof(role, deviceId, Vital.BP_SYSTOLIC, point)));
        diastolic.ifPresent(point -> proofs.add(new Proof(role, deviceId, Vital.BP_DIASTOLIC, point)));
        return proofs;
    }

    /** 12 to 20 bytes a half. @param deviceIndex where the reader finds the device's id */
    void encode(ByteBuffer out, int deviceIndex, long baseMillis) {
        out.put((byte) (trust.ordinal() | (systolic.isPresent() ? HAS_SYSTOLIC : 0) | (diastolic.isPresent() ? HAS_DIASTOLIC : 0)
                | (whole ? WHOLE : 0)));
        Packed.put(out, deviceIndex);
        Packed.putSigned(out, effectiveMillis - baseMillis);
        systolic.ifPresent(point -> point.encode(out, effectiveMillis, 0));
        diastolic.ifPresent(point -> point.encode(out, effectiveMillis, systolic.map(Point::offset).orElse(0L)));
    }

    static Pressure decode(ByteBuffer in, List<String> devices, long baseMillis) {
        int head = in.get();
        String device = devices.get(Packed.getInt(in));
        long effective = baseMillis + Packed.getSigned(in);
        Optional<Point> systolic = (head & HAS_SYSTOLIC) == 0 ? Optional.empty() : Optional.of(Point.decode(in, effective, 0));
        Optional<Point> diastolic = (head & HAS_DIASTOLIC) == 0 ? Optional.empty()
                : Optional.of(Point.decode(in, effective, systolic.map(Point::offset).orElse(0L)));
        return new Pressure(device, Trust.ofOrdinal(head & 3), effective, systolic, diastolic, (head & WHOLE) != 0);
    }
}
