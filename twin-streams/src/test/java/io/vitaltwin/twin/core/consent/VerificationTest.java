package io.vitaltwin.twin.core.consent;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clinical reference section 8.1: missing proof is no consent. Times are hours; the record becomes known at 100. */
class VerificationTest {

    private static final long HOUR = 3_600_000;

    private static Long millis(Long hours) {
        return hours == null ? null : hours * HOUR;
    }

    @ParameterizedTest
    @CsvSource({
            "      , false,     ,    , true ", // nothing is said of proof
            "      , true ,     ,    , false", // with whom, but not that it was
            "      , false,  90 ,    , false",
            " false, false,     ,    , false",
            " false, true ,  90 , 90 , false",
            " true , false,     ,    , true ",
            " true , true ,  90 , 90 , true ",
            " true , true , 124 , 90 , true ", // a date of the same day in another zone
            " true , true , 125 , 90 , false", // verified in the future
            " true , true ,  66 , 90 , true ",
            " true , true ,  65 , 90 , false"}) // verified before the patient agreed
    void shouldBelieveWhatDoesNotContradictItself(Boolean verified, boolean saysWho, Long verifiedAt, Long agreedAt, boolean holds) {
        assertThat(new Verification(verified, saysWho, millis(verifiedAt), millis(agreedAt)).holds(100 * HOUR)).isEqualTo(holds);
    }
}
