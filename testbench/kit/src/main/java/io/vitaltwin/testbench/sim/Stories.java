package io.vitaltwin.testbench.sim;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static io.vitaltwin.testbench.sim.Log.reading;

/**
 * The simulated patients. Each story shows one thing that the twin must tell apart; its numbers follow the acceptance scenario that
 * it names, with some noise around them.
 *
 * @see "CLINICAL.md section 9 (acceptance scenarios)"
 */
public final class Stories {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration OXIMETER_INTERVAL = Duration.ofSeconds(5);
    /** Share of batches that reach the broker twice; project default, no source. */
    private static final double SENT_TWICE = 0.01;

    private Stories() {
    }

    /** All of them. */
    public static List<SimPatient> all() {
        return List.of(saturationFalls(), heartRacesAtRest(), worsensAndRecovers(), withdrawsConsent(), watchSticks(),
                watchTellsWhereabouts(), feelsUnwell(), gatewayFails());
    }

    /** A fingertip oximeter falls to 86 % for five minutes, every two hours (S07). */
    public static SimPatient saturationFalls() {
        var oximeter = Plans.device("sim-oximeter-d1", "finger-oximeter", DeviceGrade.MEDICAL_HOME, OXIMETER_INTERVAL, "spo2");
        return patient(Plans.plan("sim-oximeter", oximeter), Duration.ofHours(2), (log, from, random, repetition) -> {
            long fall = 12 * (15 + random.nextInt(10));
            for (long i = 0; i < 12 * 120; i++) {
                long depth = Math.clamp(Math.min(i - fall, fall + 9 + 60 + 9 - i), 0, 9);
                long value = depth == 0 ? 95 + random.nextInt(3) : 95 - depth;
                Instant at = from.plus(OXIMETER_INTERVAL.multipliedBy(i));
                log.send("sim-oximeter-d1", List.of(reading("spo2", at, (double) value, "%", ActivityContext.REST)));
            }
        });
    }

    /** A patch finds 84, then 138 for a quarter of an hour, then 152, then 100 beats a minute, without a step (S20). */
    public static SimPatient heartRacesAtRest() {
        var patch = Plans.device("sim-patch-d1", "patch", DeviceGrade.MEDICAL_HOME, MINUTE, "heart_rate", "steps");
        return patient(Plans.plan("sim-patch", patch), Duration.ofHours(4), (log, from, random, repetition) -> {
            int onset = 20 + random.nextInt(10);
            for (int minute = 0; minute < 240; minute++) {
                int since = minute - onset;
                int level = since < 0 ? 84 : since < 15 ? 138 : since < 23 ? 152 : since < 120 ? 100 : 84;
                log.send("sim-patch-d1", pulseAndSteps(from.plus(MINUTE.multipliedBy(minute)), level + random.nextInt(-1, 2), 0,
                        ActivityContext.REST));
            }
        });
    }

    /** Full observation sets: NEWS2 rises from 0 over 5 to 10 and falls again; the day of S02 in two hours. */
    public static SimPatient worsensAndRecovers() {
        var kit = Plans.device("sim-kit-d1", "kit", DeviceGrade.MEDICAL_HOME, Duration.ofHours(12), "respiratory_rate", "spo2", "o2_flow",
                "bp_systolic", "bp_diastolic", "heart_rate", "consciousness", "body_temperature");
        PatientContext plan = Plans.plan("sim-news2", kit);
        plan.setNews2(true);
        return patient(plan, Duration.ofHours(6), (log, from, random, repetition) -> {
            for (Object[] set : NEWS2_COURSE) {
                log.send("sim-kit-d1", observationSet(from.plus(Duration.ofMinutes((int) set[0])), set));
            }
        });
    }

    /** Minute, RR, SpO2, oxygen in L/min, systolic, pulse, temperature. Totals 0 0 5 5 9 10 3 0 0. */
    private static final Object[][] NEWS2_COURSE = {
        {0, 16, 97, 0, 120, 72, 36.8},
        {20, 18, 96, 0, 118, 88, 37.4},
        {40, 21, 94, 0, 112, 104, 38.3},
        {50, 21, 94, 0, 112, 104, 38.3},
        {60, 25, 92, 0, 102, 118, 38.7},
        {75, 24, 93, 2, 104, 112, 38.5},
        {100, 20, 96, 2, 114, 98, 37.8},
        {120, 18, 96, 0, 116, 88, 37.2},
        {240, 17, 97, 0, 118, 76, 36.9},
    };

    private static List<Reading> observationSet(Instant at, Object[] set) {
        return List.of(rest("respiratory_rate", at, set[1], "/min"), rest("spo2", at, set[2], "%"), rest("o2_flow", at, set[3], "L/min"),
                rest("bp_systolic", at, set[4], "mm[Hg]"), rest("bp_diastolic", at, 70, "mm[Hg]"),
                rest("heart_rate", at, set[5], "/min"), reading("consciousness", at, "A", "code", ActivityContext.REST),
                rest("body_temperature", at, set[6], "Cel"));
    }

    /** A pulse of 150 at rest raises an alert; after 45 minutes the patient withdraws consent, and the patch goes on sending (S26). */
    public static SimPatient withdrawsConsent() {
        var patch = Plans.device("sim-withdraws-d1", "patch", DeviceGrade.MEDICAL_HOME, MINUTE, "heart_rate", "steps");
        return patient(Plans.plan("sim-withdraws", patch), Duration.ofHours(6), (log, from, random, repetition) -> {
            if (repetition > 0) {
                log.permitTreatment(from);
            }
            log.withdrawConsent(from.plus(Duration.ofMinutes(45)));
            for (int minute = 0; minute < 120; minute++) {
                int level = minute < 15 ? 88 : 152;
                log.send("sim-withdraws-d1", pulseAndSteps(from.plus(MINUTE.multipliedBy(minute)), level + random.nextInt(-1, 2), 0,
                        ActivityContext.REST));
            }
        });
    }

    /** A consumer watch repeats 72 for an hour while its wearer walks about (S23). */
    public static SimPatient watchSticks() {
        var watch = Plans.device("sim-flat-watch-d1", "watch", DeviceGrade.CONSUMER, MINUTE, "heart_rate", "steps");
        return patient(Plans.plan("sim-flat-watch", watch), Duration.ofHours(3), (log, from, random, repetition) -> {
            for (int minute = 0; minute < 180; minute++) {
                boolean stuck = minute >= 10 && minute < 70;
                int steps = 30 + random.nextInt(-25, 26);
                int pulse = stuck ? 72 : 74 + random.nextInt(-4, 5);
                log.send("sim-flat-watch-d1",
                        pulseAndSteps(from.plus(MINUTE.multipliedBy(minute)), pulse, steps, ActivityContext.UNKNOWN));
            }
        });
    }

    /** A watch also sends where its wearer is, which nobody asked for (S27). */
    public static SimPatient watchTellsWhereabouts() {
        var watch = Plans.device("sim-located-d1", "watch", DeviceGrade.CONSUMER, MINUTE, "heart_rate");
        return patient(Plans.plan("sim-located", watch), Duration.ofHours(2), (log, from, random, repetition) -> {
            for (int minute = 0; minute < 120; minute++) {
                Instant at = from.plus(MINUTE.multipliedBy(minute));
                List<Reading> readings = new ArrayList<>(List.of(rest("heart_rate", at, 71 + random.nextInt(-3, 4), "/min")));
                if (minute % 5 == 0) {
                    readings.add(rest("location", at, random.nextInt(2), "deg"));
                }
                log.send("sim-located-d1", readings);
            }
        });
    }

    /** A patient reports breathlessness while every number is normal (S30). */
    public static SimPatient feelsUnwell() {
        var tracker = Plans.device("sim-unwell-d1", "tracker", DeviceGrade.CONSUMER, MINUTE, "heart_rate", "steps");
        return patient(Plans.plan("sim-unwell", tracker), Duration.ofHours(8), (log, from, random, repetition) -> {
            log.report(from.plus(Duration.ofMinutes(25 + random.nextInt(10))), "breathlessness");
            for (int minute = 0; minute < 480; minute++) {
                log.send("sim-unwell-d1", pulseAndSteps(from.plus(MINUTE.multipliedBy(minute)), 68 + random.nextInt(-3, 4),
                        random.nextInt(20), ActivityContext.UNKNOWN));
            }
        });
    }

    /**
     * A gateway is cut off for 45 minutes and then sends what it kept, all at once; it also sends a unit that nobody can convert and
     * a record that nobody can read.
     */
    public static SimPatient gatewayFails() {
        var strap = Plans.device("sim-gateway-d1", "chest-strap", DeviceGrade.MEDICAL_HOME, MINUTE, "heart_rate", "respiratory_rate");
        return patient(Plans.plan("sim-gateway", strap), Duration.ofHours(4), (log, from, random, repetition) -> {
            log.garbage(from.plus(Duration.ofMinutes(7)));
            Instant odd = from.plus(Duration.ofMinutes(9)).plusSeconds(30);
            log.send("sim-gateway-d1", List.of(rest("respiratory_rate", odd, 16, "furlong")));
            List<Reading> kept = new ArrayList<>();
            for (int minute = 0; minute < 240; minute++) {
                Reading reading = rest("heart_rate", from.plus(MINUTE.multipliedBy(minute)), 76 + random.nextInt(-4, 5), "/min");
                if (minute >= 30 && minute < 75) {
                    kept.add(reading);
                } else {
                    sendKept(log, kept, reading.getEffectiveTime());
                    log.send("sim-gateway-d1", List.of(reading));
                }
            }
        });
    }

    private static void sendKept(Log log, List<Reading> kept, Instant at) {
        for (int i = 0; i < kept.size(); i += 15) {
            log.sendAt(at.plusMillis(i), "sim-gateway-d1", List.copyOf(kept.subList(i, Math.min(i + 15, kept.size()))));
        }
        kept.clear();
    }

    private static List<Reading> pulseAndSteps(Instant at, int pulse, int steps, ActivityContext context) {
        return List.of(reading("steps", at, (double) steps, "{steps}", context), reading("heart_rate", at, (double) pulse, "/min", context));
    }

    private static Reading rest(String vital, Instant at, Object number, String unit) {
        return reading(vital, at, ((Number) number).doubleValue(), unit, ActivityContext.REST);
    }

    private static SimPatient patient(PatientContext plan, Duration period, Script script) {
        return new SimPatient(plan, period, SENT_TWICE, script);
    }
}
