package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.quality.QualityChecks;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinFold;

/**
 * One vital of one device. The verdict is what the test says (ACCEPT), so that a rule is tested alone; the quality checks run only to fill the
 * stream's memory. Without a sigma nothing is gated.
 */
public final class Feed {

    private final RuleBench bench;
    private final Vital vital;
    private final Device device;
    private final long intervalMillis;
    private Unit unit;
    private Context context = Context.REST;
    private double sigma = Double.NaN;
    private double widened = Double.NaN;
    private long reasons;

    Feed(RuleBench bench, Vital vital, Device device, long intervalMillis) {
        this.bench = bench;
        this.vital = vital;
        this.device = device;
        this.intervalMillis = intervalMillis;
        this.unit = vital.unit();
    }

    public Feed sigma(double one) {
        sigma = one;
        widened = one;
        return this;
    }

    Feed widened(double larger) {
        widened = larger;
        return this;
    }

    public Feed context(Context now) {
        context = now;
        return this;
    }

    Feed in(Unit sent) {
        unit = sent;
        return this;
    }

    Feed because(Reason... why) {
        for (Reason reason : why) {
            reasons |= reason.bit();
        }
        return this;
    }

    public Feed at(long second, double value) {
        return take(second, Value.measured(RuleBench.milli(value), unit), Verdict.ACCEPT);
    }

    public Feed at(long second, Value value) {
        return take(second, value, Verdict.ACCEPT);
    }

    Feed suspect(long second, double value) {
        return take(second, Value.measured(RuleBench.milli(value), unit), Verdict.SUSPECT);
    }

    Feed reject(long second, double value) {
        return take(second, Value.measured(RuleBench.milli(value), unit), Verdict.REJECT);
    }

    /** A value at a time that is not a whole second, such as a beat. */
    public Feed atMillis(long millis, double value) {
        return takeAt(millis, Value.measured(RuleBench.milli(value), unit), Verdict.ACCEPT);
    }

    /** The same, not usable: REJECT, else SUSPECT. */
    Feed flaggedAtMillis(long millis, double value, boolean rejected) {
        return takeAt(millis, Value.measured(RuleBench.milli(value), unit), rejected ? Verdict.REJECT : Verdict.SUSPECT);
    }

    /** One value an interval, both ends included. */
    public Feed hold(long fromSecond, long toSecond, double value) {
        for (long second = fromSecond; second <= toSecond; second += intervalMillis / 1000) {
            at(second, value);
        }
        return this;
    }

    /** One value an interval from here on. */
    Feed series(long fromSecond, double... values) {
        for (int i = 0; i < values.length; i++) {
            at(fromSecond + i * intervalMillis / 1000, values[i]);
        }
        return this;
    }

    StreamState stream() {
        return bench.twin().stream(device.id(), vital);
    }

    private Feed take(long second, Value value, Verdict verdict) {
        return takeAt(RuleBench.millis(second), value, verdict);
    }

    private Feed takeAt(long effective, Value value, Verdict verdict) {
        Turn turn = bench.turn(RuleBench.second(effective));
        StreamState stream = stream();
        boolean newest = effective >= stream.memory().newestMillis();
        Coordinates at = new Coordinates(0, bench.nextOffset(), 0);
        Measurement measurement = new Measurement(vital, device.id(), effective, effective, value, context, Float.NaN, false, at);
        long canonical = QualityChecks.judge(stream.memory(), measurement, device, PatientFacts.NONE, bench.twin().quality()).canonicalMilli();
        long sigmaMilli = Double.isNaN(sigma) ? -1 : Math.round(sigma * 1000);
        Point point = new Point(effective, value, device.grade(), verdict, context, reasons, sigmaMilli, at.offset(), 0);
        Sample sample = new Sample(vital, device, point, canonical, sigma, widened, intervalMillis, newest);
        TwinFold.take(stream, point, newest, false, turn.nowMillis());
        if (verdict == Verdict.REJECT) {
            Rules.onHeard(turn, stream, sample);
        } else {
            Rules.onSample(turn, stream, sample);
        }
        return this;
    }
}
