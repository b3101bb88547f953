package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.testbench.scenario.QualityComparison.Judged;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the readings that were sent were judged, and how in the end. Not judged: copies, what consent refused, dead letters. The
 * newest flag of a reading is its verdict, but a flag for a span of readings makes none better; without a flag it is ACCEPT.
 */
final class Verdicts {

    private static final String CORRECTED = "CLOCK_CORRECTED";
    /** A corrected time is searched for no further than this from the true one. */
    private static final Duration REACH = Duration.ofSeconds(60);

    private final List<SentReading> sent;
    private final Observed observed;

    Verdicts(List<SentReading> sent, Observed observed) {
        this.sent = sent;
        this.observed = observed;
    }

    List<Judged> judged() {
        Set<SentReading> refused = refused();
        Set<String> dead = observed.deadLetters().stream().filter(batch -> batch.getReadings().size() == 1)
                .map(Verdicts::place).collect(Collectors.toSet());
        Map<Key, SentReading> readings = new LinkedHashMap<>();
        sent.stream().filter(reading -> !refused.contains(reading)).filter(reading -> !dead.contains(place(reading)))
                .forEach(reading -> readings.putIfAbsent(Key.of(reading), reading));
        Map<QualityFlag, SentReading> corrected = corrected(readings.values().stream().toList());
        Map<SentReading, Judged> judged = new LinkedHashMap<>();
        readings.values().forEach(reading -> judged.put(reading, Judged.accepted(reading)));
        for (QualityFlag flag : observed.flags()) {
            if (flag.getUntilTime() != null) {
                judged.replaceAll((reading, before) -> covers(flag, before) ? before.under(flag) : before);
                continue;
            }
            SentReading reading = corrected.getOrDefault(flag, readings.get(Key.of(flag)));
            if (reading != null) {
                judged.put(reading, Judged.flagged(reading, flag));
            }
        }
        return List.copyOf(judged.values());
    }

    private static boolean covers(QualityFlag span, Judged judged) {
        return judged.sent().device().equals(span.getDeviceId()) && judged.sent().vital().equals(span.getVital())
                && !judged.effective().isBefore(span.getEffectiveTime()) && !judged.effective().isAfter(span.getUntilTime());
    }

    /**
     * Where a clock was corrected, the flag carries the corrected time, which only lies near the true one. Each such flag belongs to the
     * reading with a wrong clock whose true time is nearest; a second flag of the same corrected time to the same reading.
     */
    private Map<QualityFlag, SentReading> corrected(List<SentReading> readings) {
        List<SentReading> free = new ArrayList<>(readings.stream().filter(reading -> !reading.clockOffset().isZero()).toList());
        Map<QualityFlag, SentReading> corrected = new HashMap<>();
        Map<Key, SentReading> taken = new HashMap<>();
        for (QualityFlag flag : observed.flags()) {
            if (!flag.getReasons().contains(CORRECTED) || flag.getUntilTime() != null) {
                continue;
            }
            Optional<SentReading> reading = Optional.ofNullable(taken.get(Key.of(flag))).or(() -> nearest(flag, free));
            reading.ifPresent(found -> {
                corrected.put(flag, found);
                taken.put(Key.of(flag), found);
                free.remove(found);
            });
        }
        return corrected;
    }

    private static Optional<SentReading> nearest(QualityFlag flag, List<SentReading> free) {
        return free.stream()
                .filter(reading -> reading.device().equals(flag.getDeviceId()) && reading.vital().equals(flag.getVital()))
                .filter(reading -> distance(reading, flag).compareTo(REACH) <= 0)
                .min(Comparator.comparing(reading -> distance(reading, flag)));
    }

    private static Duration distance(SentReading reading, QualityFlag flag) {
        return Duration.between(reading.trueTime(), flag.getEffectiveTime()).abs();
    }

    /**
     * Violations name no single reading. A violation stands for those readings of its patient and vital that arrived in its time when
     * their number, of all devices or of one, is its count. What was only not shown, or forbidden afterwards, was judged.
     */
    private Set<SentReading> refused() {
        Set<SentReading> refused = new HashSet<>();
        for (ConsentViolation violation : observed.violations()) {
            if (violation.getStage() != ViolationStage.COLLECT) {
                continue;
            }
            List<SentReading> candidates = sent.stream().filter(reading -> reading.patient().equals(violation.getPatientId())
                    && reading.vital().equals(violation.getVital()) && !refused.contains(reading)
                    && !reading.arrival().isBefore(violation.getFirstTime()) && !reading.arrival().isAfter(violation.getLastTime()))
                    .toList();
            if (candidates.size() == violation.getCount()) {
                refused.addAll(candidates);
            } else {
                candidates.stream().collect(Collectors.groupingBy(SentReading::device)).values().stream()
                        .filter(ofOne -> ofOne.size() == violation.getCount()).findFirst().ifPresent(refused::addAll);
            }
        }
        return refused;
    }

    private static String place(SentReading reading) {
        return reading.device() + " " + reading.vital() + " " + reading.effective();
    }

    private static String place(ReadingBatch single) {
        return single.getDeviceId() + " " + single.getReadings().getFirst().getVital() + " "
                + single.getReadings().getFirst().getEffectiveTime();
    }

    private record Key(String device, String vital, Instant effective) {

        static Key of(SentReading reading) {
            return new Key(reading.device(), reading.vital(), reading.effective());
        }

        static Key of(QualityFlag flag) {
            return new Key(flag.getDeviceId(), flag.getVital(), flag.getEffectiveTime());
        }
    }
}
