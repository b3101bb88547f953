package io.vitaltwin.twin.core.rules;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParametersTest {

    private final Map<String, Long> given = Map.of("on", 91_000L, "onSeconds", 300_000L, "off", 93_000L);
    private final Map<String, Long> parameters = Parameters.copyOf(given);

    @Test
    void shouldBeTheMapThatItWasMadeFrom() {
        assertThat(parameters).isEqualTo(given).hasSameHashCodeAs(given).hasSize(3);
        assertThat(parameters.keySet()).isEqualTo(given.keySet());
    }

    @Test
    void shouldFindANameHoweverItsTextCameAbout() {
        assertThat(parameters.get(String.join("", "on", "Seconds"))).isEqualTo(300_000);
        assertThat(parameters.containsKey(String.join("", "o", "ff"))).isTrue();
    }

    @Test
    void shouldKnowNothingElse() {
        assertThat(parameters.get("onMolar")).isNull();
        assertThat(parameters.get(null)).isNull();
        assertThat(parameters.containsKey("")).isFalse();
    }

    @Test
    void shouldNotChange() {
        Map<String, Long> source = new HashMap<>(given);
        Map<String, Long> copy = Parameters.copyOf(source);
        source.put("on", 1L);
        assertThat(copy.get("on")).isEqualTo(91_000);
        assertThatThrownBy(() -> copy.put("on", 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> copy.entrySet().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> copy.entrySet().iterator().next().setValue(1L)).isInstanceOf(UnsupportedOperationException.class);
    }
}
