package io.vitaltwin.testbench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTest {

    private static Summary summary(long readings, long refusedByViolations, Map<String, Long> byRule) {
        return new Summary(readings, 0, new Summary.FateCounts(90, 4, 3, 2, 1), new Summary.Alerts(3, byRule),
                new Summary.Violations(1, refusedByViolations), new Summary.Quality(80, 12, 1), 15, new Summary.Latency(41.5, 120.25), 8.125,
                "0.1.0-SNAPSHOT");
    }

    private static final Map<String, Long> BY_RULE = Map.of("SPO2_CRIT", 1L, "HR_TACHY_REST", 2L);

    @Test
    void shouldBeOneLineOfJsonInTheAgreedShape() {
        assertThat(summary(100, 2, BY_RULE).toJson()).isEqualTo("{\"readings\":100,"
                + "\"fates\":{\"APPLIED\":90,\"DUPLICATE\":4,\"LATE\":3,\"REFUSED\":2,\"DEAD\":1},"
                + "\"alerts\":{\"raised\":3,\"byRule\":{\"HR_TACHY_REST\":2,\"SPO2_CRIT\":1}},"
                + "\"violations\":{\"records\":1,\"readings\":2},"
                + "\"quality\":{\"ACCEPT\":80,\"SUSPECT\":12,\"REJECT\":1},"
                + "\"patients\":15,"
                + "\"latencyMillis\":{\"p50\":41.5,\"p99\":120.25},"
                + "\"readySeconds\":8.125,"
                + "\"version\":\"0.1.0-SNAPSHOT\"}");
    }

    @Test
    void shouldSayNullWhereNothingWasMeasured() throws Exception {
        var none = new Summary(0, 0, new Summary.FateCounts(0, 0, 0, 0, 0), new Summary.Alerts(0, Map.of()), new Summary.Violations(0, 0),
                new Summary.Quality(0, 0, 0), 0, new Summary.Latency(null, null), 1, "x");
        JsonNode json = new ObjectMapper().readTree(none.toJson());
        assertThat(json.at("/latencyMillis/p50").isNull()).isTrue();
    }

    @Test
    void shouldHaveNoProblemWhenEverythingAddsUp() {
        assertThat(summary(100, 2, BY_RULE).problems()).isEmpty();
    }

    @Test
    void shouldCompareNothingWhenAPatientWasErased() {
        var erased = new Summary(99, 7, new Summary.FateCounts(90, 4, 3, 2, 1), new Summary.Alerts(3, BY_RULE), new Summary.Violations(1, 2),
                new Summary.Quality(80, 12, 1), 15, new Summary.Latency(41.5, 120.25), 8.125, "x");
        assertThat(erased.problems()).isEmpty();
        assertThat(erased.toJson()).contains("\"turnedAway\":7");
    }

    @Test
    void shouldSayWhatDoesNotAddUp() {
        assertThat(summary(101, 2, BY_RULE).problems()).singleElement().asString().contains("100").contains("101");
        assertThat(summary(99, 2, BY_RULE).problems()).hasSize(1);
        assertThat(summary(100, 3, BY_RULE).problems()).singleElement().asString().contains("refused");
        assertThat(summary(100, 2, Map.of("SPO2_CRIT", 1L)).problems()).singleElement().asString().contains("by rule");
    }
}
