package io.vitaltwin.testbench.bench.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * How well urgent lows were announced.
 *
 * <p>An <b>event</b> is a reading of 55 mg/dL or less with none in the 30 minutes before it, and at least six ACCEPT readings in the hour before: one that begins
 * while the sensor is silent could not be foreseen. It is <b>foreseen</b> when an alarm was given in the hour before it, not at its own reading; the <b>lead</b> is from
 * the first such alarm to the event. An <b>alarm</b> is <b>false</b> when no reading of 55 or less follows within the hour, although at least six readings do. An alarm after
 * which the sensor fell silent is not counted.
 *
 * @param events that could be foreseen
 * @param foreseen of these
 * @param alarms that could be judged
 * @param falseAlarms of these
 * @param leadMinutes of each foreseen event, shortest first
 * @param weeks of sensor time: readings times interval
 */
record LowAlarms(int events, int foreseen, int alarms, int falseAlarms, List<Double> leadMinutes, double weeks) {

    private static final long LOW_MILLI = 55_000;
    private static final long APART_MILLIS = 30 * 60_000;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int HEARD = 6;
    private static final double WEEK_MILLIS = 7.0 * 24 * HOUR_MILLIS;

    /** An ACCEPT reading; a bound as its limit. */
    record Seen(long millis, long milli) {

        boolean isLow() {
            return milli <= LOW_MILLI;
        }
    }

    LowAlarms {
        leadMinutes = leadMinutes.stream().sorted().toList();
    }

    /** @param seen in order of time @param alarms in order of time */
    static LowAlarms of(List<Seen> seen, List<Long> alarms, long intervalMillis) {
        int events = 0;
        List<Double> leads = new ArrayList<>();
        long lastLow = Long.MIN_VALUE / 2;
        for (Seen one : seen) {
            if (one.isLow()) {
                if (one.millis() - lastLow > APART_MILLIS && heard(seen, one.millis() - HOUR_MILLIS, one.millis()) >= HEARD) {
                    events++;
                    alarms.stream().filter(at -> at < one.millis() && at >= one.millis() - HOUR_MILLIS).findFirst()
                            .ifPresent(at -> leads.add((one.millis() - at) / 60_000.0));
                }
                lastLow = one.millis();
            }
        }
        int judged = 0;
        int wrong = 0;
        for (long at : alarms) {
            boolean right = seen.stream().anyMatch(one -> one.isLow() && one.millis() > at && one.millis() <= at + HOUR_MILLIS);
            if (right || heard(seen, at + 1, at + HOUR_MILLIS + 1) >= HEARD) {
                judged++;
                wrong += right ? 0 : 1;
            }
        }
        return new LowAlarms(events, leads.size(), judged, wrong, leads, seen.size() * intervalMillis / WEEK_MILLIS);
    }

    private static long heard(List<Seen> seen, long from, long until) {
        return seen.stream().filter(one -> one.millis() >= from && one.millis() < until).count();
    }

    static LowAlarms sum(List<LowAlarms> parts) {
        List<Double> leads = parts.stream().flatMap(part -> part.leadMinutes().stream()).toList();
        return new LowAlarms(parts.stream().mapToInt(LowAlarms::events).sum(), parts.stream().mapToInt(LowAlarms::foreseen).sum(),
                parts.stream().mapToInt(LowAlarms::alarms).sum(), parts.stream().mapToInt(LowAlarms::falseAlarms).sum(), leads,
                parts.stream().mapToDouble(LowAlarms::weeks).sum());
    }

    /** Share of events that were foreseen; NaN without an event. */
    double sensitivity() {
        return events == 0 ? Double.NaN : (double) foreseen / events;
    }

    double falseAlarmsPerWeek() {
        return falseAlarms / weeks;
    }

    /** NaN when nothing was foreseen. */
    double medianLeadMinutes() {
        int size = leadMinutes.size();
        return size == 0 ? Double.NaN : (leadMinutes.get((size - 1) / 2) + leadMinutes.get(size / 2)) / 2;
    }
}
