package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.vitaltwin.twin.core.quality.Stream.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-26: DIGIT_PREFERENCE. */
class DigitPreferenceTest {

    private static Stream manual(Vital vital, String kind) {
        return Stream.of(vital, kind, Grade.MEDICAL_HOME, Duration.ofHours(12));
    }

    /** So many values ending in 0, the others in 1 to 9 in turn; the zeros last. Which of them said something? */
    private static List<Integer> found(Stream stream, double step, int zeros, int all) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            int digit = i < all - zeros ? 1 + i % 9 : 0;
            Judgement judgement = stream.at(i * 12 * HOUR, Math.round((120 + digit) * step * 10) / 10.0);
            if (judgement.has(Reason.DIGIT_PREFERENCE)) {
                assertThat(judgement.verdict()).as("only said").isEqualTo(Verdict.ACCEPT);
                found.add(i);
            }
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({"25, 100, false", "26, 100, true", "10, 29, false", "10, 30, false", "11, 30, true", "10, 32, false", "30, 30, true", "29, 29, false"})
    void shouldSayItOfMoreThanAQuarterOfZerosAmongThirtyThatAreUneven(int zeros, int all, boolean said) {
        assertThat(found(manual(Vital.BP_SYSTOLIC, "manual"), 1, zeros, all)).hasSize(said ? 1 : 0);
    }

    @Test
    void shouldSayItOnceAndWithTheReadingThatShowsIt() {
        Stream stream = manual(Vital.BP_SYSTOLIC, "manual");
        assertThat(found(stream, 1, 60, 60)).containsExactly(29);
    }

    private static List<Boolean> rounded(Stream stream, double value, int times, long from) {
        List<Boolean> said = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            said.add(stream.at((from + i * 24L) * HOUR, value).has(Reason.DIGIT_PREFERENCE));
        }
        return said;
    }

    @Test
    void shouldCountBothHalvesOfAPressureTogether() {
        Stream systolic = manual(Vital.BP_SYSTOLIC, "manual");
        Stream diastolic = systolic.beside(Vital.BP_DIASTOLIC, systolic.device);
        assertThat(rounded(systolic, 130, 15, 0)).containsOnly(false);
        assertThat(rounded(diastolic, 80, 15, 1)).endsWith(true).filteredOn(said -> said).hasSize(1);
    }

    @Test
    void shouldLookAtTheTenthsOfAWeight() {
        assertThat(rounded(manual(Vital.BODY_WEIGHT, "manual"), 82, 40, 0)).filteredOn(said -> said).hasSize(1);
        assertThat(rounded(manual(Vital.BODY_WEIGHT, "manual"), 80.2, 40, 0)).containsOnly(false);
        assertThat(rounded(manual(Vital.BODY_WEIGHT, "manual").in(Unit.POUND), 180, 40, 0)).filteredOn(said -> said).hasSize(1);
    }

    @Test
    void shouldLeaveOtherDevicesAndVitalsAlone() {
        assertThat(rounded(manual(Vital.BP_SYSTOLIC, "cuff"), 130, 40, 0)).as("a device rounds nothing").containsOnly(false);
        assertThat(rounded(manual(Vital.HEART_RATE, "manual"), 80, 40, 0)).containsOnly(false);
    }

    @Test
    void shouldGoOnCountingAfterBeingStored() {
        Parts parts = new Parts();
        Stream before = manual(Vital.BP_SYSTOLIC, "manual").remembering(parts);
        assertThat(rounded(before, 130, 29, 0)).containsOnly(false);
        ByteBuffer out = ByteBuffer.allocate(200);
        parts.encode(out, 0);
        assertThat(out.position()).as("bytes").isLessThan(20);
        Stream after = manual(Vital.BP_SYSTOLIC, "manual").remembering(Parts.decode(out.flip(), 0));
        assertThat(rounded(after, 130, 3, 29 * 24)).containsExactly(true, false, false);
        out.clear();
        after.shared.parts().encode(out, 0);
        assertThat(rounded(manual(Vital.BP_SYSTOLIC, "manual").remembering(Parts.decode(out.flip(), 0)), 130, 40, 40 * 24)).containsOnly(false);
    }
}
