package io.vitaltwin.testbench.demo;

import io.vitaltwin.testbench.sim.Arrival;
import io.vitaltwin.testbench.sim.SimPatient;
import io.vitaltwin.testbench.sim.Stories;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScheduleTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private static List<Arrival> first(List<SimPatient> patients, long seed, int count) {
        var schedule = new Schedule(patients, START, seed);
        return IntStream.range(0, count).mapToObj(i -> schedule.next()).toList();
    }

    private static List<SimPatient> everybody() {
        return Stream.concat(CgmPatients.bundled().stream(), Stories.all().stream()).toList();
    }

    @Test
    void shouldBeDecidedByTheSeed() {
        assertThat(first(everybody(), 5, 10_000)).isEqualTo(first(everybody(), 5, 10_000)).isNotEqualTo(first(everybody(), 6, 10_000));
    }

    @Test
    void shouldHoldEverybodyInOrderOfTime() {
        // When
        List<Arrival> arrivals = first(everybody(), 5, 20_000);
        // Then
        assertThat(arrivals).extracting(Arrival::at).isSorted();
        Set<String> seen = arrivals.stream().map(Arrival::patientId).collect(Collectors.toSet());
        assertThat(seen).hasSize(everybody().size());
    }

    @Test
    void shouldLoseNothingOfAnyPatient() {
        // Given
        List<SimPatient> patients = List.of(Stories.heartRacesAtRest(), Stories.watchSticks());
        List<Arrival> together = first(patients, 9, 1000);
        for (SimPatient patient : patients) {
            // When
            List<Arrival> own = together.stream().filter(arrival -> arrival.patientId().equals(patient.id())).toList();
            List<Arrival> alone = new ArrayList<>();
            var arrivals = patient.arrivals(START, 9);
            own.forEach(arrival -> alone.add(arrivals.next()));
            // Then
            assertThat(own).isEqualTo(alone);
        }
    }

    @Test
    void shouldSayWhenTheNextIsDue() {
        var schedule = new Schedule(everybody(), START, 5);
        for (int i = 0; i < 1000; i++) {
            Instant due = schedule.nextAt();
            assertThat(schedule.next().at()).isEqualTo(due);
        }
    }

    @Test
    void shouldNeedAPatient() {
        assertThatThrownBy(() -> new Schedule(List.of(), START, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
