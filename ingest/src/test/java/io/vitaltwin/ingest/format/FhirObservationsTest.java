package io.vitaltwin.ingest.format;

import io.vitaltwin.ingest.Refusal;
import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class FhirObservationsTest {

    private static final String HEART_RATE = """
            {"resourceType":"Observation","id":"r-0-1-0","extension":[{"url":"https://vitaltwin.io/fhir/StructureDefinition/activity-context",\
            "valueCode":"REST"},{"url":"https://vitaltwin.io/fhir/StructureDefinition/device-flag","valueString":"motion"},\
            {"url":"https://vitaltwin.io/fhir/StructureDefinition/signal-quality","valueDecimal":0.25},\
            {"url":"https://vitaltwin.io/fhir/StructureDefinition/original-value","valueString":"1.2 Hz"}],"status":"final",\
            "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"},{"system":"https://vitaltwin.io/fhir/CodeSystem/vital",\
            "code":"heart_rate"}]},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2026-03-02T08:00:00.123+01:00",\
            "valueQuantity":{"value":71.5,"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"},\
            "device":{"reference":"Device/w1","identifier":{"value":"w1"}}}""";

    private static LineParser parser() throws FileRefused {
        return Formats.named("fhir-ndjson").orElseThrow().open("", new FormatSettings(ZoneOffset.UTC, Optional.empty(), Optional.of("w1")));
    }

    private static Reading read(String line) throws Exception {
        List<Reading> readings = parser().read(line);
        assertThat(readings).hasSize(1);
        return readings.getFirst();
    }

    @Test
    void shouldReadAnObservationWithAllThatWasSent() throws Exception {
        assertThat(read(HEART_RATE)).isEqualTo(Reading.newBuilder().setVital("heart_rate").setEffectiveTime(Instant.parse("2026-03-02T07:00:00.123Z"))
                .setValue(71.5).setUnit("/min").setContext(ActivityContext.REST).setSignalQuality(0.25f).setFlags(List.of("motion"))
                .setOriginal("1.2 Hz").build());
    }

    @Test
    void shouldReadByLoincWhatOthersWrote() throws Exception {
        String others = "{\"resourceType\":\"Observation\",\"status\":\"amended\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
                + "\"85354-9\"}]},\"subject\":{\"reference\":\"Patient/x\"},\"effectiveInstant\":\"2026-03-02T08:00:00Z\",\"component\":["
                + "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8480-6\"}]},\"valueQuantity\":{\"value\":120,\"unit\":\"mm[Hg]\"}},"
                + "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8462-4\"}]},\"valueQuantity\":{\"value\":8e1,\"code\":\"mm[Hg]\"}}]}";
        assertThat(parser().read(others)).extracting(Reading::getVital, Reading::getValue)
                .containsExactly(tuple("bp_systolic", 120.0), tuple("bp_diastolic", 80.0));
    }

    /** A part is a reading where it is measured as the vital is; an average, a day's count or a panel is none. */
    @ParameterizedTest
    @CsvSource({"8867-4, heart_rate", "40443-4, heart_rate", "2708-6, spo2", "8331-1, body_temperature", "105272-9, glucose_interstitial",
            "14743-9, glucose_capillary"})
    void shouldReadTheVitalThatALoincCodeNames(String code, String vital) throws Exception {
        assertThat(read(byLoinc(code)).getVital()).isEqualTo(vital);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8328-7", "8333-7", "41950-7", "3150-0", "96608-5", "85354-9", "96607-7", "97507-8", "718-7", ""})
    void shouldReadNoVitalFromOtherCodes(String code) {
        assertThatThrownBy(() -> read(byLoinc(code))).isInstanceOf(LineRefused.class).hasMessageStartingWith("Observation.code has no code");
    }

    private static String byLoinc(String code) {
        return HEART_RATE.replaceFirst("\"coding\":\\[.*?]", "\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"" + code + "\"}]");
    }

    @ParameterizedTest
    @CsvSource({"<, LO", ">, HI"})
    void shouldReadAValueOffTheScale(String interpretation, String bound) throws Exception {
        String line = HEART_RATE.replaceFirst("\"valueQuantity\":\\{[^}]*}", "\"interpretation\":[{\"coding\":[{\"code\":\"" + interpretation + "\"}]}]")
                .replace("\"extension\":[", "\"extension\":[{\"url\":\"https://vitaltwin.io/fhir/StructureDefinition/unit-as-sent\",\"valueString\":\"/min\"},");
        assertThat(read(line)).extracting(Reading::getValue, Reading::getUnit).containsExactly(bound, "/min");
    }

    @Test
    void shouldReadACode() throws Exception {
        String line = HEART_RATE.replaceFirst("\"valueQuantity\":\\{[^}]*}", "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"A\"}]}");
        assertThat(read(line)).extracting(Reading::getValue, Reading::getUnit).containsExactly("A", "code");
    }

    @Test
    void shouldPassOverOtherDevicesAndTakeWhatNamesNone() throws Exception {
        assertThat(parser().read(HEART_RATE.replace("\"value\":\"w1\"", "\"value\":\"w2\""))).isEmpty();
        assertThat(parser().read(HEART_RATE.replace(",\"identifier\":{\"value\":\"w1\"}", "").replace("Device/w1", "Device/w2"))).isEmpty();
        assertThat(parser().read(HEART_RATE.replaceFirst(",\"device\":\\{.*}}}", "}"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"status\":\"final\"          | \"status\":\"cancelled\"              | SCHEMA_INVALID | Observation.status",
        "\"status\":\"final\"          | \"status\":\"final\",\"modifierExtension\":[] | SCHEMA_INVALID | Observation.modifierExtension",
        "\"value\":71.5                | \"value\":\"71.5\"                    | SCHEMA_INVALID | Observation.valueQuantity.value",
        "\"value\":71.5                | \"value\":1e999                       | SCHEMA_INVALID | Observation.valueQuantity.value",
        "\"value\":71.5                | \"value\":71.5,\"comparator\":\"<\"   | SCHEMA_INVALID | Observation.valueQuantity.comparator",
        "\"system\":\"http://unitsofmeasure.org\",\"code\":\"/min\" | \"code\":\"bpm\" | UNIT_UNKNOWN | Observation.valueQuantity.code",
        "8867-4                        | 9279-1                                | SCHEMA_INVALID | Observation.code names two",
        "08:00:00.123+01:00            | 08:00:00.123                          | SCHEMA_INVALID | Observation.effectiveDateTime",
        "T08:00:00.123+01:00           | ''                                    | SCHEMA_INVALID | Observation.effectiveDateTime",
        "2026-03-02T                   | 2026-02-30T                           | SCHEMA_INVALID | Observation.effectiveDateTime",
        "\"resourceType\":\"Observation\" | \"resourceType\":\"Patient\"       | SCHEMA_INVALID | Observation.resourceType",
        "\"valueCode\":\"REST\"        | \"valueCode\":\"ASLEEP\"              | SCHEMA_INVALID | Observation.extension[0].valueCode",
        "\"valueQuantity\"             | \"valuePeriod\"                       | SCHEMA_INVALID | Observation holds no value"})
    void shouldRefuseWithPathAndColumn(String part, String instead, Refusal.Reason reason, String path) {
        String line = HEART_RATE.replace(part, instead);
        assertThat(line).isNotEqualTo(HEART_RATE);
        assertThatThrownBy(() -> parser().read(line)).isInstanceOfSatisfying(LineRefused.class, refused -> {
            assertThat(refused).hasMessageStartingWith(path);
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.column()).isBetween(1, line.length());
        });
    }

    @Test
    void shouldNameTheColumnWhereTheValueStands() {
        String line = HEART_RATE.replace("71.5", "\"71.5\"");
        assertThatThrownBy(() -> parser().read(line)).isInstanceOfSatisfying(LineRefused.class,
                refused -> assertThat(refused.column()).isEqualTo(line.indexOf("\"71.5\"") + 1));
    }

    @Test
    void shouldRefuseASecondPatientInTheFile() throws Exception {
        LineParser parser = parser();
        parser.read(HEART_RATE);
        assertThatThrownBy(() -> parser.read(HEART_RATE.replace("Patient/p1", "Patient/p2"))).hasMessageContaining("Observation.subject.reference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "12", "{", "{}", "{\"a\":1,\"a\":2}", "{} {}", "{\"resourceType\":\"Observation\"}", "\u0000"})
    void shouldRefuseWhatIsNoResource(String line) {
        assertThatThrownBy(() -> parser().read(line)).isInstanceOf(LineRefused.class);
    }

    /** Whatever stands in the line, it is read or refused, and the refusal does not repeat what stood there. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReadOrRefuseEveryMutation(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder line = new StringBuilder(HEART_RATE);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(line.length());
                switch (random.nextInt(3)) {
                    case 0 -> line.setCharAt(at, (char) (32 + random.nextInt(95)));
                    case 1 -> line.deleteCharAt(at);
                    default -> line.insert(at, "{}[]\",:0".charAt(random.nextInt(8)));
                }
            }
            try {
                parser().read(line.toString());
            } catch (LineRefused e) {
                assertThat(e.getMessage()).as("seed %d, %s", seed, line).doesNotContain("71.5").isNotBlank();
            }
        }
    }
}
