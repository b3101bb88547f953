package io.vitaltwin.ingest.format;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({"72, 72", "72.5, 72.5", "-0.5, -0.5", "+3, 3", ".5, 0.5", "5., 5", "1.5e2, 150", "1e308, 1e308", "007, 7",
            "137.66666666666666, 137.66666666666666"})
    void shouldReadDecimalNumbers(String text, double expected) throws LineRefused {
        assertThat(Values.number("value", new Field(text, 1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "-Infinity", "1e309", "1e9999", "72,5", "0x1p3", "12d", "1_000", "--", "e5", ".", "7 2", "١٢",
            "123456789012345678901234567890123"})
    void shouldRefuseWhatIsNotAFiniteDecimalNumber(String text) {
        var refused = catchThrowableOfType(LineRefused.class, () -> Values.number("value", new Field(text, 9)));

        assertThat(refused).hasMessage("value is not a number: write it as 12 or 12.5, with a point");
        assertThat(refused.column()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"Low, LO", "LOW, LO", "lo, LO", "High, HI", "HI, HI"})
    void shouldReadTheWordsOfADeviceOutOfItsRangeAsBounds(String text, String expected) throws LineRefused {
        assertThat(Values.numberOrBound("value", new Field(text, 1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "sinusRhythm", "a-b_c9"})
    void shouldReadCodes(String text) throws LineRefused {
        assertThat(Values.code("value", new Field(text, 1))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "two words", "a=b", "ä"})
    void shouldRefuseWhatIsNotACode(String text) {
        assertThat(catchThrowableOfType(LineRefused.class, () -> Values.code("value", new Field(text, 1)))).hasMessageContaining("not a code");
    }
}
