package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.Verdict;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.PATCH;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.pulse;
import static org.assertj.core.api.Assertions.assertThat;

/** What a device says about its own contact with the body, from its batch to the flags: DQ-19. */
class ContactTest {

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN);

    private static Reading saying(String word, Reading reading) {
        reading.setFlags(List.of(word));
        return reading;
    }

    @ParameterizedTest
    @ValueSource(strings = {"off-body", "charging"})
    void shouldNotUseWhatWasMeasuredWithoutContact(String word) {
        // When
        twin.play(batch(ANN, PATCH, at(0), pulse(at(0), 70)), batch(ANN, PATCH, at(60), saying(word, pulse(at(60), 180))),
                batch(ANN, PATCH, at(120), pulse(at(120), 71)));
        // Then
        assertThat(twin.flags(ANN)).singleElement().satisfies((QualityFlag flag) -> {
            assertThat(flag.getEffectiveTime()).isEqualTo(at(60));
            assertThat(flag.getVerdict()).isEqualTo(Verdict.REJECT);
            assertThat(flag.getReasons()).containsExactly("OFF_BODY");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Off-Body", "low battery"})
    void shouldUseWhatOtherWordsAreSaidOf(String word) {
        twin.play(batch(ANN, PATCH, at(0), saying(word, pulse(at(0), 70))));
        assertThat(twin.flags(ANN)).isEmpty();
    }
}
