package io.vitaltwin.testbench.sim;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.ReadingBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimPatientTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    static List<SimPatient> stories() {
        return Stories.all();
    }

    private static List<Arrival> first(SimPatient patient, long seed, int count) {
        Iterator<Arrival> arrivals = patient.arrivals(START, seed);
        return IntStream.range(0, count).mapToObj(i -> arrivals.next()).toList();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldTellTheSameStoryForTheSameSeed(SimPatient patient) {
        assertThat(first(patient, 42, 3000)).isEqualTo(first(patient, 42, 3000));
    }

    @Test
    void shouldTellAnotherStoryForAnotherSeed() {
        SimPatient patient = Stories.heartRacesAtRest();
        assertThat(first(patient, 42, 200)).isNotEqualTo(first(patient, 43, 200));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldArriveInOrderOfTimeAcrossRepetitions(SimPatient patient) {
        assertThat(first(patient, 7, 3000)).extracting(Arrival::at).isSorted();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldNeverArriveBeforeItWasMeasured(SimPatient patient) {
        assertThat(first(patient, 7, 3000)).filteredOn(Arrival.Batch.class::isInstance).map(Arrival.Batch.class::cast)
                .allSatisfy(batch -> assertThat(batch.batch().getReadings())
                        .allSatisfy(reading -> assertThat(reading.getEffectiveTime()).isBeforeOrEqualTo(batch.at().minusSeconds(2))));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldCountTheBatchesOfADeviceWithoutHoles(SimPatient patient) {
        // When
        Map<String, Long> last = new HashMap<>();
        int copies = 0;
        for (Arrival arrival : first(patient, 11, 5000)) {
            if (arrival instanceof Arrival.Batch(Instant at, String id, ReadingBatch batch)) {
                long before = last.getOrDefault(batch.getDeviceId(), -1L);
                if (batch.getSequence() <= before) {
                    copies++;
                } else {
                    // Then
                    assertThat(batch.getSequence()).isEqualTo(before + 1);
                    assertThat(batch.getBatchId()).isEqualTo(batch.getDeviceId() + "-" + batch.getSequence());
                    last.put(batch.getDeviceId(), batch.getSequence());
                }
            }
        }
        assertThat(last).isNotEmpty();
        assertThat(copies).isLessThan(500);
    }

    @Test
    void shouldSendSomeBatchesTwiceAndTheCopyAlike() {
        // Given
        List<ReadingBatch> batches = first(Stories.saturationFalls(), 1, 2000).stream()
                .filter(Arrival.Batch.class::isInstance).map(arrival -> ((Arrival.Batch) arrival).batch()).toList();
        // Then: 1 % of about 2000; the seed decides which
        long distinct = batches.stream().map(ReadingBatch::getBatchId).distinct().count();
        assertThat(batches.size() - distinct).isBetween(5L, 50L);
        assertThat(batches.stream().distinct().count()).isEqualTo(distinct);
    }

    @Test
    void shouldRegisterPlanThenConsentBeforeTheStart() {
        // When
        List<Arrival> registration = Stories.withdrawsConsent().registration(START);
        // Then
        assertThat(registration).hasSize(2).allSatisfy(arrival -> assertThat(arrival.at()).isBefore(START));
        assertThat(registration.getFirst()).isInstanceOf(Arrival.Plan.class);
        assertThat(registration.getLast()).isInstanceOfSatisfying(Arrival.Consent.class, consent -> {
            assertThat(consent.consent().getStatus()).isEqualTo(ConsentStatus.ACTIVE);
            assertThat(consent.consent().getVersionId()).isEqualTo("1");
        });
        assertThat(registration).extracting(Arrival::at).isSorted();
    }

    @Test
    void shouldRefuseAScriptThatSendsAfterItsPeriod() {
        // Given
        var plan = Plans.plan("p1", Plans.device("d1", "patch", DeviceGrade.CONSUMER, null, "heart_rate"));
        var patient = new SimPatient(plan, Duration.ofMinutes(1), 0, (log, from, random, repetition) ->
                log.send("d1", List.of(Log.reading("heart_rate", from.plusSeconds(58), 70.0, "/min", ActivityContext.REST))));
        // Then
        assertThatThrownBy(() -> patient.arrivals(START, 1).next()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void shouldRefuseAPeriodOfNothing() {
        var plan = Plans.plan("p1");
        assertThatThrownBy(() -> new SimPatient(plan, Duration.ZERO, 0, (log, from, random, repetition) -> { }))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNumberEachVersionOfAConsentAnew() {
        // When
        List<Arrival> arrivals = first(Stories.withdrawsConsent(), 3, 800);
        // Then
        List<String> versions = new ArrayList<>();
        arrivals.forEach(arrival -> {
            if (arrival instanceof Arrival.Consent consent) {
                versions.add(consent.consent().getVersionId());
            }
        });
        assertThat(versions).hasSizeGreaterThan(3).doesNotHaveDuplicates().doesNotContain("1");
    }
}
