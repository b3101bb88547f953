package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import static io.vitaltwin.twin.core.quality.Stream.MINUTE;
import static io.vitaltwin.twin.core.quality.Stream.T0;
import static io.vitaltwin.twin.core.quality.Stream.milli;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-04: BP_RELATION. */
class PressureRelationTest {

    private final Device cuff = Stream.device("cuff", Grade.MEDICAL_HOME, Duration.ofHours(12));
    private final Device other = Stream.device("d2", "kit", Grade.MEDICAL_HOME, Duration.ofHours(12));
    private final Map<Vital, QualityMemory> memories = new EnumMap<>(Vital.class);
    private PatientQuality shared = new PatientQuality();
    private long offset;

    private Judgement judge(Device device, Vital vital, long at, double value) {
        QualityMemory own = device == cuff ? memories.computeIfAbsent(vital, v -> new QualityMemory()) : new QualityMemory();
        return QualityChecks.judge(own, new Measurement(vital, device.id(), T0 + at, T0 + at + 2_000,
                Value.measured(milli(value), Unit.MM_HG), Context.REST, Float.NaN, false, new Coordinates(0, offset, 0)), device,
                PatientFacts.NONE, shared);
    }

    private static Revision revision(Vital vital, long at, Verdict verdict) {
        return new Revision(Optional.of(vital), T0 + at, T0 + at, verdict, Reason.BP_RELATION.bit());
    }

    @ParameterizedTest
    @CsvSource({"120, 80, ACCEPT", "95, 80, ACCEPT", "94.999, 80, SUSPECT", "210, 60, ACCEPT", "210.001, 60, SUSPECT", "80.001, 80, SUSPECT",
            "80, 80, REJECT", "79, 80, REJECT"})
    void shouldJudgeThePairWhicheverHalfComesFirst(double systolic, double diastolic, Verdict expected) {
        for (boolean first : new boolean[] {true, false}) {
            memories.clear();
            shared = new PatientQuality();
            Judgement one = first ? judge(cuff, Vital.BP_SYSTOLIC, 0, systolic) : judge(cuff, Vital.BP_DIASTOLIC, 0, diastolic);
            Judgement two = first ? judge(cuff, Vital.BP_DIASTOLIC, 0, diastolic) : judge(cuff, Vital.BP_SYSTOLIC, 0, systolic);
            assertThat(one.isPlainAccept()).isTrue();
            assertThat(two.verdict()).isEqualTo(expected);
            assertThat(two.has(Reason.BP_RELATION)).isEqualTo(expected != Verdict.ACCEPT);
            Vital revised = first ? Vital.BP_SYSTOLIC : Vital.BP_DIASTOLIC;
            if (expected == Verdict.ACCEPT) {
                assertThat(two.revisions()).isEmpty();
            } else {
                assertThat(two.revisions()).containsExactly(revision(revised, 0, expected));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"93, ACCEPT", "119.999, ACCEPT", "80.001, ACCEPT", "120, SUSPECT", "80, SUSPECT", "130, SUSPECT", "60, SUSPECT"})
    void shouldWantTheMeanBetweenBoth(double mean, Verdict expected) {
        judge(cuff, Vital.BP_SYSTOLIC, 0, 120);
        judge(cuff, Vital.BP_DIASTOLIC, 0, 80);
        Judgement judged = judge(cuff, Vital.BP_MEAN, 0, mean);
        assertThat(judged.verdict()).isEqualTo(expected);
        if (expected == Verdict.SUSPECT) {
            assertThat(judged.revisions()).containsExactly(revision(Vital.BP_SYSTOLIC, 0, expected), revision(Vital.BP_DIASTOLIC, 0, expected));
        } else {
            assertThat(judged.revisions()).isEmpty();
        }
    }

    @Test
    void shouldSayOfAMeanThatCameFirst() {
        judge(cuff, Vital.BP_MEAN, 0, 130);
        Judgement systolic = judge(cuff, Vital.BP_SYSTOLIC, 0, 120);
        assertThat(systolic.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(systolic.revisions()).containsExactly(revision(Vital.BP_MEAN, 0, Verdict.SUSPECT));
        Judgement diastolic = judge(cuff, Vital.BP_DIASTOLIC, 0, 80);
        assertThat(diastolic.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(diastolic.revisions()).as("nothing that was said before").isEmpty();
    }

    @Test
    void shouldMakeADoubtWorseOnceThePairIsCrossed() {
        judge(cuff, Vital.BP_SYSTOLIC, 0, 90);
        Judgement mean = judge(cuff, Vital.BP_MEAN, 0, 95);
        assertThat(mean.revisions()).containsExactly(revision(Vital.BP_SYSTOLIC, 0, Verdict.SUSPECT));
        Judgement diastolic = judge(cuff, Vital.BP_DIASTOLIC, 0, 100);
        assertThat(diastolic.verdict()).isEqualTo(Verdict.REJECT);
        assertThat(diastolic.revisions()).containsExactly(revision(Vital.BP_SYSTOLIC, 0, Verdict.REJECT));
    }

    @Test
    void shouldNotCompareMomentsOrDevices() {
        judge(cuff, Vital.BP_SYSTOLIC, 0, 80);
        assertThat(judge(cuff, Vital.BP_DIASTOLIC, MINUTE, 90).isPlainAccept()).isTrue();
        assertThat(judge(other, Vital.BP_DIASTOLIC, 0, 90).isPlainAccept()).isTrue();
    }

    @Test
    void shouldNotCompareWithWhatIsNoMeasurement() {
        assertThat(judge(cuff, Vital.BP_SYSTOLIC, 0, 30).verdict()).isEqualTo(Verdict.REJECT);
        assertThat(judge(cuff, Vital.BP_DIASTOLIC, 0, 80).isPlainAccept()).isTrue();
    }

    @Test
    void shouldCompareWithAnotherRecordAlsoFromStoredMemory() {
        judge(cuff, Vital.BP_SYSTOLIC, 0, 80);
        ByteBuffer buffer = ByteBuffer.allocate(500);
        shared.encode(buffer);
        shared = PatientQuality.decode(buffer.flip());
        offset++;
        Judgement diastolic = judge(cuff, Vital.BP_DIASTOLIC, 0, 90);
        assertThat(diastolic.verdict()).isEqualTo(Verdict.REJECT);
        assertThat(diastolic.revisions()).containsExactly(revision(Vital.BP_SYSTOLIC, 0, Verdict.REJECT));
    }

    @Test
    void shouldComparePairsOutOfOrder() {
        judge(cuff, Vital.BP_SYSTOLIC, MINUTE, 120);
        judge(cuff, Vital.BP_DIASTOLIC, MINUTE, 80);
        offset++;
        judge(cuff, Vital.BP_SYSTOLIC, 0, 80);
        assertThat(judge(cuff, Vital.BP_DIASTOLIC, 0, 90).verdict()).isEqualTo(Verdict.REJECT);
    }
}
