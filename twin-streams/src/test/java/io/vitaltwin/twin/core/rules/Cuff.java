package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.state.TwinFold;

import java.util.ArrayList;
import java.util.List;

/** A device that sends whole sets: each reading is judged and folded as it is in life, then the set is decided. */
final class Cuff {

    /** A reading of a set. */
    record Half(Vital vital, double value, Unit unit) {

        static Half systolic(double value) {
            return new Half(Vital.BP_SYSTOLIC, value, Unit.MM_HG);
        }

        static Half diastolic(double value) {
            return new Half(Vital.BP_DIASTOLIC, value, Unit.MM_HG);
        }

        static Half mean(double value) {
            return new Half(Vital.BP_MEAN, value, Unit.MM_HG);
        }
    }

    private final RuleBench bench;
    private final Device device;
    private final List<Judgement> judgements = new ArrayList<>();

    Cuff(RuleBench bench, Device device) {
        this.bench = bench;
        this.device = device;
    }

    static Cuff of(RuleBench bench, String kind, Grade grade) {
        return of(bench, kind + "-" + grade, kind, grade);
    }

    static Cuff of(RuleBench bench, String id, String kind, Grade grade) {
        return new Cuff(bench, bench.device(id, kind, grade, Vital.BP_SYSTOLIC, Vital.BP_DIASTOLIC));
    }

    /** A pair, arriving as it is measured. */
    Cuff at(long second, double systolic, double diastolic) {
        return late(second, second, systolic, diastolic);
    }

    Cuff late(long arrival, long second, double systolic, double diastolic) {
        return send(arrival, second, Half.systolic(systolic), Half.diastolic(diastolic));
    }

    /** One record of one effective time. */
    Cuff send(long arrival, long second, Half... halves) {
        bench.until(arrival);
        long offset = bench.nextOffset();
        for (int i = 0; i < halves.length; i++) {
            Measurement measurement = new Measurement(halves[i].vital(), device.id(), RuleBench.millis(second), RuleBench.millis(arrival),
                    Value.measured(RuleBench.milli(halves[i].value()), halves[i].unit()), Context.REST, Float.NaN, false,
                    new Coordinates(0, offset, i));
            take(bench.turn(arrival), measurement);
        }
        Rules.onSet(bench.turn(arrival), RuleBench.millis(second));
        return this;
    }

    private void take(Turn turn, Measurement measurement) {
        Judging.Judged judged = Judging.judge(turn.twin(), turn.plan(), device, measurement, 0);
        judgements.add(judged.judgement());
        judged.sample().ifPresent(sample -> {
            TwinFold.take(judged.stream(), sample.point(), sample.newest(), judged.isLate(), turn.nowMillis());
            if (judged.isLate() || sample.verdict() == Verdict.REJECT) {
                Rules.onHeard(turn, judged.stream(), sample);
            } else {
                Rules.onSample(turn, judged.stream(), sample);
            }
        });
    }

    /** Of every reading that was sent, in that order. */
    List<Judgement> judgements() {
        return judgements;
    }
}
