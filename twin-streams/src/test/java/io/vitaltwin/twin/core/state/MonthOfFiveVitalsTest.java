package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Monitor;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** How large a twin is that knows five vitals for more than the span of its longest memory: the goal is 600 bytes (design, section 4). */
class MonthOfFiveVitalsTest {

    private static final long T0 = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final int DAYS = 32;
    private static final int GOAL = 600;

    private record Course(Vital vital, double usual, double spread, double step) {
    }

    private static final List<Course> FIVE = List.of(new Course(Vital.HEART_RATE, 66, 5, 1), new Course(Vital.SPO2, 97, 1, 1),
            new Course(Vital.RESPIRATORY_RATE, 15, 1.5, 1), new Course(Vital.BP_SYSTOLIC, 124, 6, 1), new Course(Vital.BODY_TEMPERATURE, 36.7, 0.2, 0.1));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFitIntoTheGoal(long seed) {
        // Given
        Device device = new Device("p4711-patch", "patch", Grade.MEDICAL_HOME, EnumSet.copyOf(FIVE.stream().map(Course::vital).toList()),
                Duration.ofMinutes(5).toMillis(), Long.MIN_VALUE, Long.MAX_VALUE);
        Plan plan = new Plan(PatientFacts.NONE, Set.of(), 1, Optional.of(false), Set.copyOf(FIVE.stream().map(course -> course.vital().id()).toList()),
                Map.of(), Map.of(device.id(), device), true, List.of(), ZoneOffset.UTC, Map.of(), RuleSetFile.bundled());
        Monitor monitor = new Monitor(plan, new Monitor.Listener() { });
        Random random = new Random(seed);
        // When
        int largest = 0;
        for (int i = 0; i < DAYS * 288; i++) {
            monitor.take(readings(device, T0 + i * 300_000L, i, random));
            if (i % 12 == 0 && i > (DAYS - 2) * 288) {
                monitor.twin().consent().uses().clear();    // as the log of uses does
                for (Course course : FIVE) {
                    monitor.twin().used(device.id(), course.vital(), T0 + i * 300_000L + 2_000);
                }
                largest = Math.max(largest, monitor.twin().encode(TwinState.scratch()).length);
            }
        }
        // Then
        assertThat(largest).as("bytes, seed %d", seed).isLessThanOrEqualTo(GOAL);
    }

    private static List<Measurement> readings(Device device, long at, int number, Random random) {
        List<Measurement> batch = new ArrayList<>();
        for (Course course : FIVE) {
            double value = course.usual() + random.nextGaussian() * course.spread() / 2;
            long milli = Math.round(value / course.step()) * Math.round(course.step() * 1000);
            if (course.vital() == Vital.SPO2) {
                milli = Math.min(milli, 100_000);
            }
            batch.add(new Measurement(course.vital(), device.id(), at, at + 2_000, Value.measured(milli, course.vital().unit()), Context.REST,
                    Float.NaN, false, new Coordinates(0, number, batch.size())));
        }
        return batch;
    }
}
