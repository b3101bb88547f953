package io.vitaltwin.schemas;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static io.vitaltwin.schemas.Compatibility.BACKWARD_TRANSITIVE;
import static io.vitaltwin.schemas.Compatibility.FULL_TRANSITIVE;
import static org.assertj.core.api.Assertions.assertThat;

/** The gate: no build passes with a schema that cannot follow the released ones. The second half proves that it can fail. */
@Tag("ethics")
class SchemaGateTest {

    private static final String HOW = "run: mvn -pl schemas test -Dtest=SchemaRelease -Dschemas.release=true"
            + " (and read 'Releasing a version' in schemas/RATIONALE.md)";

    static List<Topic<? extends SpecificRecord>> topics() {
        return new Topics("", 1).avro();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldKeepWhatWasReleased(Topic<?> topic) {
        List<Schema> released = BundledSchemas.of(topic.subject()).stream().map(BundledSchemas.Release::schema).toList();
        assertThat(SchemaGate.breaks(topic.compatibility(), current(topic), released)).as(topic.subject()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldHaveReleasedTheCurrentSchemaAsTheNewestVersion(Topic<?> topic) {
        List<BundledSchemas.Release> released = BundledSchemas.of(topic.subject());
        assertThat(released).as("%s has a release; %s", topic.subject(), HOW).isNotEmpty();
        assertThat(SchemaText.essence(current(topic))).as("%s is what its newest release says; %s", topic.subject(), HOW)
                .isEqualTo(SchemaText.essence(released.getLast().schema()));
    }

    @Test
    void shouldNeverChangeAReleasedFile() {
        assertThat(BundledSchemas.releases()).allSatisfy(release ->
                assertThat(SchemaRelease.sha256(BundledSchemas.resource(release.file()))).as(release.file()).isEqualTo(release.fingerprint()));
    }

    @Test
    void shouldHoldInputsToBackwardAndOutputsToFull() {
        Map<String, Compatibility> levels = new TreeMap<>();
        topics().forEach(topic -> levels.put(topic.name(), topic.compatibility()));
        assertThat(levels).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                Map.entry("readings.v1", BACKWARD_TRANSITIVE), Map.entry("patients.v1", BACKWARD_TRANSITIVE),
                Map.entry("consents.v1", BACKWARD_TRANSITIVE), Map.entry("reports.v1", BACKWARD_TRANSITIVE),
                Map.entry("ticks.v1", BACKWARD_TRANSITIVE), Map.entry("alert-actions.v1", BACKWARD_TRANSITIVE),
                Map.entry("alerts.v1", FULL_TRANSITIVE), Map.entry("consent-violations.v1", FULL_TRANSITIVE),
                Map.entry("quality-flags.v1", FULL_TRANSITIVE), Map.entry("twins.v1", FULL_TRANSITIVE),
                Map.entry("worklist.v1", FULL_TRANSITIVE), Map.entry("notifications.v1", FULL_TRANSITIVE),
                Map.entry("disclosures.v1", FULL_TRANSITIVE), Map.entry("device-sightings.v1", FULL_TRANSITIVE),
                Map.entry("device-sharings.v1", FULL_TRANSITIVE), Map.entry("erasure-orders.v1", FULL_TRANSITIVE),
                Map.entry("erasures.v1", FULL_TRANSITIVE), Map.entry("care-teams.v1", BACKWARD_TRANSITIVE),
                Map.entry("alert-workflow.v1", FULL_TRANSITIVE)));
    }

    // ---------------------------------------------------------------------------------------------- deliberately broken schemas

    /** Each row: what is done to the schema {@code a: long (timestamp-millis), b: string, e: enum X Y = X}, and whether each level lets it pass. */
    @ParameterizedTest
    @CsvSource({
            "unchanged, true, true",
            "add-with-default, true, true",
            "add-without-default, false, false",
            "remove-undefaulted, true, false",
            "remove-defaulted, true, true",
            "rename, false, false",
            "string-to-long, false, false",
            "int-to-long, true, false",
            "millis-to-micros, false, false",
            "drop-logical-type, false, false",
            "add-symbol, true, true",
            "remove-symbol, true, true",
            "remove-symbol-and-enum-default, false, false",
            "another-record-name, false, false"})
    void shouldLetPassOnlyWhatTheLevelAllows(String change, boolean backward, boolean full) {
        // Given
        Schema released = schema("unchanged");
        // When
        Schema candidate = schema(change);
        // Then
        assertThat(SchemaGate.breaks(BACKWARD_TRANSITIVE, candidate, List.of(released)).isEmpty()).as("backward").isEqualTo(backward);
        assertThat(SchemaGate.breaks(FULL_TRANSITIVE, candidate, List.of(released)).isEmpty()).as("full").isEqualTo(full);
    }

    @Test
    void shouldHoldANewVersionAgainstAllOlderOnesNotOnlyTheLast() {
        // Given: b was taken away, and comes back as a number; the last version alone would let that pass
        Schema first = schema("unchanged");
        Schema second = schema("remove-undefaulted");
        Schema third = schema("string-to-long-with-default");
        // When, Then
        assertThat(SchemaGate.breaks(BACKWARD_TRANSITIVE, third, List.of(second))).isEmpty();
        assertThat(SchemaGate.breaks(BACKWARD_TRANSITIVE, third, List.of(first, second)))
                .singleElement().asString().contains("cannot read version 1").contains("TYPE_MISMATCH");
    }

    @Test
    void shouldStopARealSchemaThatGrowsAFieldWithoutDefault() {
        // Given
        Schema alert = AlertEvent.SCHEMA$;
        List<Schema.Field> fields = new java.util.ArrayList<>(alert.getFields().stream().map(f -> new Schema.Field(f, f.schema())).toList());
        fields.add(new Schema.Field("ward", Schema.create(Schema.Type.STRING)));
        Schema grown = Schema.createRecord(alert.getName(), null, alert.getNamespace(), false, fields);
        // When, Then
        assertThat(SchemaGate.breaks(BACKWARD_TRANSITIVE, grown, List.of(alert)))
                .singleElement().asString().contains("READER_FIELD_MISSING_DEFAULT_VALUE").contains("ward");
    }

    private static Schema current(Topic<?> topic) {
        return SpecificData.get().getSchema(topic.type());
    }

    private static Schema schema(String change) {
        String name = change.equals("another-record-name") ? "Other" : "Sample";
        var fields = SchemaBuilder.record(name).namespace("test").fields();
        fields = switch (change) {
            case "millis-to-micros" -> fields.name("a").type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG))).noDefault();
            case "drop-logical-type" -> fields.requiredLong("a");
            default -> fields.name("a").type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG))).noDefault();
        };
        fields = switch (change) {
            case "remove-undefaulted" -> fields;
            case "rename" -> fields.requiredString("renamed");
            case "string-to-long" -> fields.requiredLong("b");
            case "string-to-long-with-default" -> fields.name("b").type().longType().longDefault(0);
            default -> fields.requiredString("b");
        };
        fields = change.equals("int-to-long") ? fields.requiredLong("n") : fields.requiredInt("n");
        fields = change.equals("remove-defaulted") ? fields : fields.name("d").type().intType().intDefault(1);
        fields = switch (change) {
            case "add-with-default" -> fields.name("c").type().stringType().stringDefault("");
            case "add-without-default" -> fields.requiredString("c");
            default -> fields;
        };
        return fields.name("e").type(enumeration(change)).noDefault().endRecord();
    }

    private static Schema enumeration(String change) {
        return switch (change) {
            case "add-symbol" -> SchemaBuilder.enumeration("E").defaultSymbol("X").symbols("X", "Y", "Z");
            case "remove-symbol" -> SchemaBuilder.enumeration("E").defaultSymbol("X").symbols("X");
            case "remove-symbol-and-enum-default" -> SchemaBuilder.enumeration("E").symbols("X");
            default -> SchemaBuilder.enumeration("E").defaultSymbol("X").symbols("X", "Y");
        };
    }
}
