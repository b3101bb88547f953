package io.vitaltwin.schemas;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LoincTest {

    @ParameterizedTest
    @CsvSource({"8867-4, heart_rate, false", "40443-4, heart_rate, true", "2708-6, spo2, false", "8331-1, body_temperature, true",
            "105272-9, glucose_interstitial, false", "105273-7, glucose_interstitial, true", "3150-0, o2_flow, true"})
    void shouldSayWhatACodeStandsFor(String code, String vital, boolean narrower) {
        assertThat(Loinc.of(code)).contains(new Loinc(code, List.of(vital), narrower));
    }

    @Test
    void shouldCoverEveryPressureByThePanel() {
        assertThat(Loinc.of("85354-9").orElseThrow().vitals()).containsExactly("bp_systolic", "bp_diastolic", "bp_mean");
        assertThat(Loinc.of("85354-9").orElseThrow().isNarrower()).isFalse();
        assertThat(Loinc.of("96607-7").orElseThrow().isNarrower()).isTrue();
    }

    @Test
    void shouldKnowNothingOfOtherCodes() {
        assertThat(Loinc.of("718-7")).isEmpty();
        assertThat(Loinc.ofVital("hrv_rmssd")).as("80404-7 is SDNN").isEmpty();
        assertThat(Loinc.ofVitalInMoles("spo2")).isEmpty();
    }

    @Test
    void shouldWriteAVitalUnderACodeOfItsOwn() {
        assertThat(Loinc.ofVital("spo2")).contains("59408-5");
        assertThat(Loinc.ofVital("glucose_capillary")).contains("41653-7");
        assertThat(Loinc.ofVitalInMoles("glucose_capillary")).contains("14743-9");
    }

    /** The last digit of a LOINC code checks the others (modulus 10), so a slip of the hand is found. */
    @Test
    void shouldHoldCodesWithTheirCheckDigit() {
        assertThat(Loinc.all()).isNotEmpty().allSatisfy(loinc -> {
            String[] parts = loinc.code().split("-");
            assertThat(checkDigit(parts[0])).as(loinc.code()).isEqualTo(Integer.parseInt(parts[1]));
        });
        assertThat(checkDigit("8876")).as("two digits of 8867-4 changed places").isNotEqualTo(4);
    }

    private static int checkDigit(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled / 10 + doubled % 10;
        }
        return (10 - sum % 10) % 10;
    }
}
