package io.vitaltwin.twin.query;

import io.vitaltwin.twin.topology.StoredTwins.Stored;
import io.vitaltwin.twin.topology.StoredTwins.Told;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FilterTest {

    private static Told tell(Stored stored) {
        return Twins.STORES.tell("p", 0, stored, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''|true|true", "priority:HIGH|false|true", "priority:low|false|true", "rule:SPO2_CRIT|false|true", "rule:SPO2_LOW|false|false", "family:SPO2|false|true",
        "vital:spo2|true|true", "vital:heart_rate|false|false", "verdict:ACCEPT|true|true", "verdict:SUSPECT|false|false", "monitored:true|true|true",
        "monitored:false|false|false", "silent:false|true|true", "silent:true|false|false", "news2:2|false|true", "news2:4|false|false",
        "vital:spo2, priority:HIGH|false|true", "vital:spo2,verdict:SUSPECT|false|false", "quadrant:UNKNOWN|true|true",
    })
    void shouldTakeTwinsOfWhichAllTermsHold(String filter, boolean well, boolean ill) {
        assertThat(Filter.of(filter).takes(tell(Twins.spo2(96)))).isEqualTo(well);
        assertThat(Filter.of(filter).takes(tell(Twins.spo2(86)))).isEqualTo(ill);
    }

    @ParameterizedTest
    @ValueSource(strings = {"priority", "priority:VERY", "name:anna", "news2:x", "monitored:yes", "vital:spo2,", "verdict:"})
    void shouldSayWhichTermItCannotRead(String filter) {
        assertThatThrownBy(() -> Filter.of(filter)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(422);
            assertThat(problem.parameter()).contains("filter");
        });
    }
}
