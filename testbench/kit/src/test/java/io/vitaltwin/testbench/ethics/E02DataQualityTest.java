package io.vitaltwin.testbench.ethics;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.TwinBaseline;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.Vitaltwin;
import io.vitaltwin.testbench.ethics.Life.Lived;
import io.vitaltwin.testbench.sim.Plans;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.RuleId;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.vitaltwin.testbench.ethics.Life.pulse;
import static io.vitaltwin.testbench.ethics.Life.saturation;
import static org.assertj.core.api.Assertions.assertThat;

/** E2: what is measured badly, or used oddly, is shown as such and teaches the twin nothing. */
@Tag("ethics")
class E02DataQualityTest {

    private static final long SEED = 82_402;
    private static final int DAYS = 10;

    /** Records that hold a value as it was sent are those that show one: inputs aside, each says how far it can be trusted. */
    @Test
    void shouldShowGradeSigmaAndVerdictWithEveryValue() {
        // Given
        Set<String> inputs = Set.of("Reading");
        List<Schema> showing = Vitaltwin.PROTOCOL.getTypes().stream()
                .filter(type -> type.getType() == Schema.Type.RECORD && !inputs.contains(type.getName()))
                .filter(type -> type.getField("value") != null && type.getField("unit") != null).toList();
        // Then
        assertThat(showing).extracting(Schema::getName).contains("Evidence", "TwinVital");
        assertThat(showing).allSatisfy(type -> assertThat(type.getFields()).extracting(Schema.Field::name).contains("grade", "sigma", "verdict", "reasons"));
        // And they are filled
        Lived lived = Life.of("ann", Life.OXIMETER).send("oximeter", saturation(0, 84), saturation(60, 84), saturation(120, 84)).live();
        assertThat(lived.last().getVitals()).singleElement().satisfies(vital -> {
            assertThat(vital.getSigma()).isPositive();
            assertThat(vital.getGrade().name()).isEqualTo("MEDICAL_HOME");
        });
        assertThat(lived.raised()).isNotEmpty().flatExtracting(AlertEvent::getEvidence).extracting(Evidence::getSigma).doesNotContainNull();
    }

    /** CR 3.11.5. */
    @Test
    void shouldNotWakeANurseByAConsumerDeviceAlone() {
        // Given
        var watch = Plans.device("watch", "watch", io.vitaltwin.schemas.DeviceGrade.CONSUMER, Duration.ofMinutes(1), "spo2");
        Life ann = Life.of("ann", watch);
        for (int minute = 0; minute < 15; minute++) {
            ann.send("watch", saturation(minute * 60, 80));
        }
        // Then
        assertThat(ann.live().alerts()).isNotEmpty().extracting(AlertEvent::getPriority).doesNotContain(Priority.HIGH);
    }

    @Test
    void shouldMoveTheUsualByLessThanAQuarterSigmaWhenATenthIsCorrupt() {
        // Given
        Lived clean = days(new Random(SEED), 0);
        Lived corrupt = days(new Random(SEED), 10);
        // Then
        double sigma = newest(clean).getSigma();
        assertThat(sigma).isPositive();
        assertThat(median(clean)).isBetween(55.0, 85.0);
        assertThat(Math.abs(median(corrupt) - median(clean))).isLessThan(0.25 * sigma);
        assertThat(corrupt.flags()).isNotEmpty();
    }

    /** @param percent of readings that a loose strap, a unit mix-up or another person changed */
    private static Lived days(Random random, int percent) {
        Life ann = Life.of("ann", Life.PATCH);
        for (int quarter = 0; quarter < DAYS * 96; quarter++) {
            Reading[] readings = new Reading[3];
            for (int i = 0; i < readings.length; i++) {
                double pulse = Math.round(70 + 5 * random.nextGaussian());
                double wrong = new double[] {pulse * 2, pulse / 2, 250, 1000.0 / pulse, 0}[random.nextInt(5)];
                readings[i] = pulse(quarter * 900L + i * 300, random.nextInt(100) < percent ? Math.round(wrong) : pulse);
            }
            ann.send("patch", readings);
        }
        return ann.live(Duration.ofMinutes(30)).getFirst();
    }

    private static TwinVital newest(Lived lived) {
        return lived.last().getVitals().stream().filter(vital -> vital.getVital().equals("heart_rate")).findFirst().orElseThrow();
    }

    private static double median(Lived lived) {
        return newest(lived).getBaselines().stream().max(Comparator.comparingInt(TwinBaseline::getDays)).orElseThrow().getMedian();
    }

    @Test
    void shouldRestNoRuleOnEnergyExpenditure() {
        assertThat(Vital.values()).extracting(Vital::id).noneMatch(id -> id.contains("energy") || id.contains("calor"));
        assertThat(RuleId.values()).allSatisfy(rule -> assertThat(rule.parameters()).noneMatch(name -> name.contains("energy") || name.contains("calor")));
    }
}
