package io.vitaltwin.testbench.sim;

import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.ReportKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Each story holds what its name promises, whatever the seed. */
class StoriesTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private static List<Arrival> within(SimPatient patient, long seed, Duration length) {
        List<Arrival> arrivals = new ArrayList<>();
        Iterator<Arrival> story = patient.arrivals(START, seed);
        for (Arrival arrival = story.next(); arrival.at().isBefore(START.plus(length)); arrival = story.next()) {
            arrivals.add(arrival);
        }
        return arrivals;
    }

    private static List<Reading> readings(List<Arrival> arrivals, String vital) {
        return arrivals.stream().filter(Arrival.Batch.class::isInstance)
                .flatMap(arrival -> ((Arrival.Batch) arrival).batch().getReadings().stream())
                .filter(reading -> reading.getVital().equals(vital)).distinct().toList();
    }

    private static double number(Reading reading) {
        return (double) reading.getValue();
    }

    /** Longest time from first to last of a run of readings that all fit. */
    private static Duration longestRun(List<Reading> readings, java.util.function.DoublePredicate fits) {
        Duration longest = Duration.ZERO;
        Instant begin = null;
        for (Reading reading : readings) {
            if (!fits.test(number(reading))) {
                begin = null;
            } else {
                begin = begin == null ? reading.getEffectiveTime() : begin;
                Duration run = Duration.between(begin, reading.getEffectiveTime());
                longest = run.compareTo(longest) > 0 ? run : longest;
            }
        }
        return longest;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 99})
    void shouldFallTo86PercentForFiveMinutes(long seed) {
        List<Reading> spo2 = readings(within(Stories.saturationFalls(), seed, Duration.ofHours(2)), "spo2");
        assertThat(spo2).hasSize(12 * 120).extracting(StoriesTest::number).allMatch(value -> value >= 86 && value <= 97);
        assertThat(longestRun(spo2, value -> value <= 87)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 99})
    void shouldRaceAtRestAboveBothLimits(long seed) {
        List<Arrival> arrivals = within(Stories.heartRacesAtRest(), seed, Duration.ofHours(4));
        List<Reading> pulse = readings(arrivals, "heart_rate");
        assertThat(longestRun(pulse, value -> value >= 131)).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(longestRun(pulse, value -> value >= 150)).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(longestRun(pulse, value -> value < 120)).isGreaterThan(Duration.ofMinutes(5));
        assertThat(readings(arrivals, "steps")).extracting(StoriesTest::number).containsOnly(0.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99})
    void shouldObserveAllThatNews2Needs(long seed) {
        List<Arrival> arrivals = within(Stories.worsensAndRecovers(), seed, Duration.ofHours(6));
        for (String vital : List.of("respiratory_rate", "spo2", "o2_flow", "bp_systolic", "heart_rate", "consciousness", "body_temperature")) {
            assertThat(readings(arrivals, vital)).as(vital).hasSize(9);
        }
        assertThat(Stories.worsensAndRecovers().plan().getNews2()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99})
    void shouldGoOnSendingAfterWithdrawal(long seed) {
        // When
        List<Arrival> arrivals = within(Stories.withdrawsConsent(), seed, Duration.ofHours(2));
        // Then
        List<Arrival> consents = arrivals.stream().filter(Arrival.Consent.class::isInstance).toList();
        assertThat(consents).singleElement().isInstanceOfSatisfying(Arrival.Consent.class,
                consent -> assertThat(consent.consent().getStatus()).isEqualTo(ConsentStatus.INACTIVE));
        Instant withdrawn = consents.getFirst().at();
        assertThat(arrivals).anyMatch(arrival -> arrival.readings() > 0 && arrival.at().isBefore(withdrawn));
        assertThat(arrivals).anyMatch(arrival -> arrival.readings() > 0 && arrival.at().isAfter(withdrawn));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 99})
    void shouldStickWhileStepsVary(long seed) {
        List<Arrival> arrivals = within(Stories.watchSticks(), seed, Duration.ofHours(3));
        assertThat(longestRun(readings(arrivals, "heart_rate"), value -> value == 72)).isGreaterThan(Duration.ofMinutes(45));
        Set<Double> steps = readings(arrivals, "steps").stream().map(StoriesTest::number).collect(Collectors.toSet());
        assertThat(steps).hasSizeGreaterThan(10).allMatch(count -> count > 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99})
    void shouldSendWhereaboutsThatNobodyRegistered(long seed) {
        SimPatient patient = Stories.watchTellsWhereabouts();
        assertThat(readings(within(patient, seed, Duration.ofHours(2)), "location")).isNotEmpty();
        assertThat(patient.plan().getDevices()).flatExtracting(RegisteredDevice::getVitals).doesNotContain("location");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99})
    void shouldReportASymptomWithNormalNumbers(long seed) {
        List<Arrival> arrivals = within(Stories.feelsUnwell(), seed, Duration.ofHours(8));
        assertThat(arrivals).filteredOn(Arrival.Report.class::isInstance).singleElement()
                .isInstanceOfSatisfying(Arrival.Report.class, report -> {
                    assertThat(report.report().getKind()).isEqualTo(ReportKind.SYMPTOM);
                    assertThat(report.report().getSymptom()).isEqualTo("breathlessness");
                });
        assertThat(readings(arrivals, "heart_rate")).extracting(StoriesTest::number).allMatch(value -> value > 50 && value < 90);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99})
    void shouldLoseLateAndUnreadableReadingsAtTheGateway(long seed) {
        List<Arrival> arrivals = within(Stories.gatewayFails(), seed, Duration.ofHours(4));
        assertThat(arrivals).filteredOn(Arrival.Garbage.class::isInstance).hasSize(1);
        assertThat(readings(arrivals, "respiratory_rate")).extracting(Reading::getUnit).contains("furlong");
        long late = arrivals.stream().filter(Arrival.Batch.class::isInstance).map(Arrival.Batch.class::cast)
                .flatMap(batch -> batch.batch().getReadings().stream()
                        .filter(reading -> Duration.between(reading.getEffectiveTime(), batch.at()).compareTo(Duration.ofMinutes(15)) > 0))
                .distinct().count();
        assertThat(late).isBetween(28L, 32L);
        assertThat(readings(arrivals, "heart_rate")).hasSize(240);
    }
}
