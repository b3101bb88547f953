package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One vital of one device, judged reading by reading. Times are given as the time since T0; a reading arrives 2 s after it was measured. */
final class Stream {

    static final long T0 = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;

    final Vital vital;
    final Device device;
    final PatientQuality shared;
    private Unit unit;
    private Context context = Context.REST;
    private PatientFacts facts = PatientFacts.NONE;
    private Personal personal = Personal.UNKNOWN;
    private int flags;
    QualityMemory own = new QualityMemory();

    private Stream(Vital vital, Device device, PatientQuality shared) {
        this.vital = vital;
        this.device = device;
        this.shared = shared;
        this.unit = vital.unit();
    }

    static Stream of(Vital vital, Device device) {
        return new Stream(vital, device, new PatientQuality());
    }

    static Stream of(Vital vital, String kind, Grade grade, Duration interval) {
        return of(vital, device(kind, grade, interval));
    }

    static Device device(String kind, Grade grade, Duration interval) {
        return device("d1", kind, grade, interval);
    }

    static Device device(String id, String kind, Grade grade, Duration interval) {
        return new Device(id, kind, grade, Set.of(Vital.values()), interval.toMillis(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Another vital or device of the same patient. */
    Stream beside(Vital other, Device otherDevice) {
        return new Stream(other, otherDevice, shared);
    }

    Stream in(Unit sent) {
        unit = sent;
        return this;
    }

    Stream context(Context sent) {
        context = sent;
        return this;
    }

    Stream facts(PatientFacts known) {
        facts = known;
        return this;
    }

    Stream personal(Personal known) {
        personal = known;
        return this;
    }

    /** What the device says of its values from here on: bits of {@link Measurement#flags()}. */
    Stream flags(int said) {
        flags = said;
        return this;
    }

    Judgement at(long sinceStart, double value) {
        return at(sinceStart, value, 2 * SECOND);
    }

    Judgement at(long sinceStart, double value, long delay) {
        return judge(measured(sinceStart, Value.measured(milli(value), unit), delay, false));
    }

    Judgement at(long sinceStart, Value value) {
        return judge(measured(sinceStart, value, 2 * SECOND, false));
    }

    Judgement moving(long sinceStart, double value) {
        return judge(measured(sinceStart, Value.measured(milli(value), unit), 2 * SECOND, true));
    }

    /** What a sender sent, through {@link Conformance}. */
    Judgement sent(long sinceStart, Object value) {
        Conformance read = Conformance.of(vital.id(), value, unit.ucum());
        return at(sinceStart, ((Conformance.Readable) read).value());
    }

    /** The values one interval apart, the first at {@code from}. */
    List<Judgement> all(long from, double... values) {
        List<Judgement> judgements = new ArrayList<>();
        for (double value : values) {
            judgements.add(sent(from + judgements.size() * device.intervalMillis(), value));
        }
        return judgements;
    }

    Measurement measured(long sinceStart, Value value, long delay, boolean motion) {
        long effective = T0 + sinceStart;
        return new Measurement(vital, device.id(), effective, effective + delay, value, context, Float.NaN,
                flags | (motion ? Measurement.MOTION : 0), new Coordinates(0, 0, 0));
    }

    Judgement judge(Measurement measurement) {
        return QualityChecks.judge(own, measurement, device, facts, personal, shared, 0);
    }

    static long milli(double value) {
        return BigDecimal.valueOf(value).movePointRight(3).longValueExact();
    }

    /** "95x3 94" as in a scenario: 95 95 95 94. */
    static double[] values(String written) {
        List<Double> values = new ArrayList<>();
        for (String word : written.trim().split("[ ,]+")) {
            String[] parts = word.split("x");
            int times = parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
            for (int i = 0; i < times; i++) {
                values.add(Double.valueOf(parts[0]));
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
