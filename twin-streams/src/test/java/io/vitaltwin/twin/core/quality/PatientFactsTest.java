package io.vitaltwin.twin.core.quality;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class PatientFactsTest {

    @ParameterizedTest
    @CsvSource({"2026-03-01T23:59:59.999Z, 65", "2026-03-02T00:00:00Z, 66", "1960-03-02T00:00:00Z, 0"})
    void shouldCountWholeYearsOnTheDayOfTheReading(Instant at, int years) {
        PatientFacts facts = PatientFacts.of(Optional.of(LocalDate.of(1960, 3, 2)), List.of(), Map.of());
        assertThat(facts.ageYears(at.toEpochMilli())).isEqualTo(years);
    }

    @Test
    void shouldSayThatAnAgeIsNotKnown() {
        assertThat(PatientFacts.NONE.ageYears(0)).isEqualTo(-1);
        assertThat(PatientFacts.of(Optional.empty(), List.of(), Map.of())).isEqualTo(PatientFacts.NONE);
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "unknown, true", "light, false", "medium, false"})
    void shouldWidenForASkinToneThatIsRecordedAsDarkOrUnknown(String skinTone, boolean widen) {
        assertThat(PatientFacts.of(Optional.empty(), List.of(), Map.of("skinTone", skinTone)).widenSpo2()).isEqualTo(widen);
    }

    @Test
    void shouldNotWidenWhereNothingIsRecorded() {
        assertThat(PatientFacts.of(Optional.empty(), List.of("copd"), Map.of("shoe", "dark")).widenSpo2()).isFalse();
    }

    @Test
    void shouldKnowSleepApnoea() {
        assertThat(PatientFacts.of(Optional.empty(), List.of("sleep_apnoea"), Map.of()).sleepApnoea()).isTrue();
        assertThat(PatientFacts.of(Optional.empty(), List.of(), Map.of("sleep_apnoea", "yes")).sleepApnoea()).isTrue();
        assertThat(PatientFacts.NONE.sleepApnoea()).isFalse();
    }
}
