package io.vitaltwin.twin.core;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SerialNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"1234", "SN-000017", "a1b2", " 99 01 ", "ÄÖÜ1"})
    void shouldTakeWhatTellsDevicesApart(String serial) {
        assertThat(SerialNumber.isUsable(serial)).isTrue();
        assertThat(SerialNumber.hash("watch", serial)).hasValueSatisfying(hash -> assertThat(hash).matches("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "123", "1-2-3", "0000", "00-00-00", "unknown", "n/a", "none", "----------", "XXXX"})
    void shouldNotTakeAFiller(String serial) {
        assertThat(SerialNumber.isUsable(serial)).isFalse();
        assertThat(SerialNumber.hash("watch", serial)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab-12 34", "AB1234", " ab 1234", "Ab.12/34"})
    void shouldBeTheSameHoweverPeopleWriteIt(String serial) {
        assertThat(SerialNumber.hash("watch", serial)).isEqualTo(SerialNumber.hash("watch", "AB1234"));
    }

    @Test
    void shouldTellNumbersAndKindsApart() {
        assertThat(SerialNumber.hash("watch", "AB1234")).isNotEqualTo(SerialNumber.hash("watch", "AB1235"));
        assertThat(SerialNumber.hash("watch", "AB1234")).isNotEqualTo(SerialNumber.hash("scale", "AB1234"));
    }

    @Test
    void shouldNotShowTheNumber() {
        assertThat(SerialNumber.hash("watch", "90071234").orElseThrow()).doesNotContain("90071234");
    }
}
