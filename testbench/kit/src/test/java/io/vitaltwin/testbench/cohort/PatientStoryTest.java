package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** What devices tell fits what is true. */
class PatientStoryTest {

    private static final long SEED = 3;
    private static final int DAYS = 7;
    private static final int PEOPLE = 120;
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final long HALF_HOUR = 30 * 60_000;

    private record Told(PatientStory story, List<Delivery> deliveries, Truth truth) {

        List<Measurement> readings(Vital vital, long from, long until) {
            return deliveries.stream().filter(Delivery.Batch.class::isInstance).flatMap(batch -> ((Delivery.Batch) batch).readings().stream())
                    .filter(reading -> reading.vital() == vital && reading.effectiveMillis() >= from && reading.effectiveMillis() < until).toList();
        }

        List<Measurement> arrived(Vital vital, long from, long until) {
            return deliveries.stream().filter(Delivery.Batch.class::isInstance).flatMap(batch -> ((Delivery.Batch) batch).readings().stream())
                    .filter(reading -> reading.vital() == vital && reading.appendMillis() - Outgoing.DELAY >= from
                            && reading.appendMillis() - Outgoing.DELAY < until).toList();
        }
    }

    private static Told tell(long seed, int number) {
        PatientStory story = new PatientStory(seed, number, START, DAYS);
        List<Delivery> deliveries = new ArrayList<>();
        while (story.hasNextDay()) {
            deliveries.addAll(story.nextDay());
        }
        return new Told(story, deliveries, story.truth());
    }

    @Test
    void shouldTellTheSameStoryForTheSameSeedAndAnotherForAnother() {
        for (int number = 0; number < 5; number++) {
            assertThat(tell(SEED, number).deliveries()).isEqualTo(tell(SEED, number).deliveries());
            assertThat(tell(SEED, number).truth()).isEqualTo(tell(SEED, number).truth());
            assertThat(tell(SEED, number).deliveries()).isNotEqualTo(tell(SEED + 1, number).deliveries());
        }
    }

    @Test
    void shouldDeliverInOrderWhatTheRegisteredDevicesMaySend() {
        for (int number = 0; number < 30; number++) {
            Told told = tell(SEED, number);
            Map<String, Device> devices = new HashMap<>();
            told.story().equipment().devices().forEach(device -> devices.put(device.id(), device));
            long before = 0;
            for (Delivery delivery : told.deliveries()) {
                assertThat(delivery.arrivalMillis()).isGreaterThanOrEqualTo(before);
                before = delivery.arrivalMillis();
                if (delivery instanceof Delivery.Batch batch) {
                    assertThat(batch.readings()).isNotEmpty().allSatisfy(reading -> {
                        assertThat(reading.appendMillis()).isEqualTo(batch.arrivalMillis());
                        assertThat(reading.deviceId()).isEqualTo(batch.readings().getFirst().deviceId());
                        assertThat(devices.get(reading.deviceId()).vitals()).contains(reading.vital());
                    });
                    assertThat(batch.readings().stream().map(Measurement::effectiveMillis).toList()).isSorted();
                }
            }
        }
    }

    @Test
    void shouldGiveEventsToThoseWhoDeteriorateAndToNobodyElse() {
        Set<EventKind> seen = EnumSet.noneOf(EventKind.class);
        each((told, events) -> {
            assertThat(events.isEmpty()).isNotEqualTo(told.story().person().deteriorating());
            for (Truth.Event event : events) {
                seen.add(event.kind());
                assertThat(event.onsetMillis()).isGreaterThanOrEqualTo(START.toEpochMilli());
                assertThat(event.endMillis()).isGreaterThan(event.onsetMillis());
                if (event.metMillis() != Truth.NEVER) {
                    assertThat(event.metMillis()).isBetween(event.onsetMillis(), event.endMillis() + HALF_HOUR);
                }
            }
        });
        assertThat(seen).hasSizeGreaterThanOrEqualTo(5);
    }

    /** Judged on the devices' own readings, noise included, by their median in the worst hour. */
    @Test
    void shouldShowInTheReadingsWhatIsTrue() {
        List<EventKind> checked = new ArrayList<>();
        each((told, events) -> {
            for (Truth.Event event : events) {
                switch (event.kind()) {
                    case S06_HYPOXIA_CONSUMER, S07_HYPOXIA_MEDICAL -> {
                        long[] limit = {told.story().person().has(Person.Condition.HYPERCAPNIA) ? 87 : 91};
                        assertMedian(told, Vital.SPO2, event, 0, limit[0] + 1);
                    }
                    case S20_TACHYCARDIA -> assertMedian(told, Vital.HEART_RATE, event, 118, 250);
                    case S14_LOW_GLUCOSE -> assertMedian(told, Vital.GLUCOSE_INTERSTITIAL, event, 0, 75);
                    case S12_PRESSURE -> assertMedian(told, Vital.BP_SYSTOLIC, event, 165, 300);
                    case S02_INFECTION -> assertMedian(told, Vital.BODY_TEMPERATURE, event, 37, 42);
                    case S22_BREATHING -> assertMedian(told, Vital.RESPIRATORY_RATE, event, 0, 10);
                    case S09_FLUID, S17_FIBRILLATION -> { }
                }
                checked.add(event.kind());
            }
        });
        assertThat(checked).hasSizeGreaterThanOrEqualTo(10);
    }

    private static void assertMedian(Told told, Vital vital, Truth.Event event, double least, double most) {
        assertThat(event.metMillis()).as("%s of %s", event.kind(), told.story().person().id()).isNotEqualTo(Truth.NEVER);
        double[] values = told.readings(vital, event.metMillis(), event.endMillis()).stream()
                .mapToDouble(reading -> reading.value().milli() / 1_000.0).sorted().toArray();
        assertThat(values).as("%s of %s", event.kind(), told.story().person().id()).isNotEmpty();
        assertThat(values[values.length / 2]).as("%s of %s", event.kind(), told.story().person().id()).isBetween(least, most);
    }

    @Test
    void shouldHaveOneFaultAWeekAtMostAndNoneNearAnEvent() {
        int[] faults = new int[1];
        each((told, events) -> {
            assertThat(told.truth().faults()).hasSizeLessThanOrEqualTo(1);
            for (Truth.Fault fault : told.truth().faults()) {
                faults[0]++;
                assertThat(events).noneMatch(event -> event.onsetMillis() < fault.untilMillis() && fault.fromMillis() < event.endMillis());
            }
        });
        assertThat(faults[0]).isGreaterThan(PEOPLE * 6 / 10);
    }

    @Test
    void shouldSpoilTheReadingsOfEachFault() {
        Set<FaultKind> seen = new HashSet<>();
        each((told, events) -> {
            for (Truth.Fault fault : told.truth().faults()) {
                long from = fault.fromMillis();
                long until = fault.untilMillis();
                seen.add(fault.kind());
                switch (fault.kind()) {
                    case S05_MOTION -> assertThat(told.readings(Vital.STEPS, from, until)).isNotEmpty()
                            .allMatch(reading -> reading.value().milli() == 105_000);
                    case S16_GLUCOSE_UNIT -> assertThat(told.readings(Vital.GLUCOSE_INTERSTITIAL, from, until)).isNotEmpty()
                            .allMatch(reading -> reading.value().milli() < 30_000);
                    case S19_CADENCE_LOCK -> assertThat(told.readings(Vital.HEART_RATE, from + 300_000, until)).isNotEmpty()
                            .allMatch(reading -> reading.value().milli() >= 167_000);
                    case S23_FLATLINE -> assertThat(told.readings(Vital.HEART_RATE, from, until)).hasSize(60)
                            .allMatch(reading -> reading.value().milli() == 72_000);
                    case S25_CLOCK -> assertThat(told.arrived(Vital.HEART_RATE, from, until)).isNotEmpty()
                            .allMatch(reading -> Math.abs(reading.appendMillis() - reading.effectiveMillis()) > 3_000_000);
                    case S28_GAMING -> assertThat(told.readings(Vital.STEPS, from, until)).hasSize(60)
                            .allMatch(reading -> reading.value().milli() == 120_000);
                    case S10_SCALE -> { }                   // the next morning, which may be after the last day
                }
            }
        });
        assertThat(seen).hasSize(FaultKind.values().length);
    }

    /** CR 7.1 by day, and slower asleep than awake; walking faster. */
    @Test
    void shouldHaveAPulseThatFollowsTheDay() {
        double[] difference = new double[3];
        int[] people = new int[1];
        for (int number = 0; number < 60; number++) {
            Told told = tell(SEED, number);
            Person person = told.story().person();
            if (person.ward() || person.deteriorating() || told.story().equipment().grade() == Grade.CONSUMER) {
                continue;
            }
            Map<Context, double[]> sums = new HashMap<>();
            for (Measurement reading : told.readings(Vital.HEART_RATE, START.toEpochMilli(), Long.MAX_VALUE)) {
                double[] sum = sums.computeIfAbsent(reading.context(), none -> new double[2]);
                sum[0] += reading.value().milli() / 1_000.0;
                sum[1]++;
            }
            difference[0] += mean(sums, Context.SLEEP) - person.usual().pulse();
            difference[1] += mean(sums, Context.REST) - person.usual().pulse();
            difference[2] += mean(sums, Context.LIGHT) - mean(sums, Context.REST);
            people[0]++;
        }
        assertThat(people[0]).isGreaterThan(15);
        assertThat(difference[0] / people[0]).isCloseTo(-3, within(1.5));
        assertThat(difference[1] / people[0]).isCloseTo(6, within(2.5));
        assertThat(difference[2] / people[0]).isGreaterThan(3);
    }

    private static double mean(Map<Context, double[]> sums, Context context) {
        double[] sum = sums.getOrDefault(context, new double[] {0, 1});
        return sum[0] / sum[1];
    }

    @Test
    void shouldCallAnEventHighByWhatIsTrueAndNotByTheDevice() {
        each((told, events) -> assertThat(events).filteredOn(event -> event.kind() == EventKind.S06_HYPOXIA_CONSUMER)
                .allMatch(event -> event.worst() == Priority.HIGH && event.grade() == Grade.CONSUMER));
    }

    @Test
    void shouldTellTheTruthOnlyAtTheEnd() {
        PatientStory story = new PatientStory(SEED, 0, START, DAYS);
        assertThatThrownBy(story::truth).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new PatientStory(SEED, 0, START, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void each(BiConsumer<Told, List<Truth.Event>> check) {
        for (int number = 0; number < PEOPLE; number++) {
            Told told = tell(SEED, number);
            check.accept(told, told.truth().events());
        }
    }
}
