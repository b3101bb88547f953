package io.vitaltwin.schemas;

import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BundledSchemasTest {

    private static final String HASH = "0".repeat(64);
    private final BundledSchemaIds ids = new BundledSchemaIds();

    /** The first release. These numbers are in records on disks; no later version may move them. */
    @ParameterizedTest
    @CsvSource({"readings, 1", "patients, 2", "consents, 3", "reports, 4", "ticks, 5", "alerts, 6", "consent-violations, 7",
            "quality-flags, 8", "twins, 9", "alert-actions, 10", "worklist, 11", "notifications, 12", "disclosures, 13"})
    void shouldKeepTheIdsOfTheFirstRelease(String what, int id) {
        var release = BundledSchemas.byId(id).orElseThrow();
        assertThat(release.subject()).isEqualTo(what + ".v1-value");
        assertThat(release.version()).isEqualTo(1);
        assertThat(BundledSchemas.of("any.prefix." + what + ".v1-value").getFirst()).isSameAs(release);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vt.readings.v1-value", "readings.v1-value", "vt.shadow.trial.readings.v1-value", "Klinik Süd/readings.v1-value"})
    void shouldGiveOneIdWhateverThePrefix(String subject) {
        assertThat(ids.idOf(subject, ReadingBatch.SCHEMA$)).isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vt.readings.v1-key", "vt.readings.v2-value", "vt.alerts.v1-value", "readings", ""})
    void shouldNotGiveAnIdUnderASubjectThatDoesNotHoldTheSchema(String subject) {
        assertThatThrownBy(() -> ids.idOf(subject, ReadingBatch.SCHEMA$)).isInstanceOfSatisfying(SchemaProblem.class,
                problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_REGISTERED));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000})
    void shouldNameAnIdThatWasNeverGiven(int id) {
        assertThatThrownBy(() -> ids.schemaOf(id)).isInstanceOfSatisfying(SchemaProblem.class,
                problem -> assertThat(problem.kind()).isEqualTo(Kind.UNKNOWN_ID));
    }

    @Test
    void shouldPublishNothingThatOnlyJavaNeeds() {
        assertThat(BundledSchemas.releases()).allSatisfy(release -> assertThat(release.text()).doesNotContain("avro.java").contains("\"doc\""));
    }

    @Test
    void shouldGiveEveryEnumADefaultSoThatNewWordsCanBeRead() {
        assertThat(Vitaltwin.PROTOCOL.getTypes()).filteredOn(type -> type.getType() == org.apache.avro.Schema.Type.ENUM)
                .hasSizeGreaterThan(10).allSatisfy(type -> assertThat(type.getEnumDefault()).as(type.getName()).isNotNull());
    }

    @Test
    void shouldDocumentEveryRecordEnumAndField() {
        assertThat(Vitaltwin.PROTOCOL.getTypes()).allSatisfy(type -> {
            assertThat(type.getDoc()).as(type.getName()).isNotBlank();
            if (type.getType() == org.apache.avro.Schema.Type.RECORD) {
                assertThat(type.getFields()).allSatisfy(field -> assertThat(field.doc()).as(type.getName() + "." + field.name()).isNotBlank());
            }
        });
    }

    @Test
    void shouldReadTheLockInOrder() {
        assertThat(LockLine.parse("# note\n\na-value 1 1 " + HASH + "\nb-value 1 2 " + HASH + "\na-value 2 3 " + HASH + "\n"))
                .isEqualTo(List.of(new LockLine("a-value", 1, 1, HASH), new LockLine("b-value", 1, 2, HASH), new LockLine("a-value", 2, 3, HASH)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-value 1 2 H", "a-value 2 1 H", "a-value 1 1 H\na-value 1 2 H", "a-value 1 1 H\nb-value 1 1 H",
            "a-value 1 1 H\nb-value 1 3 H", "a-value 1 1", "a-value 1 1 beef", "a-value one 1 H", "a-value 1 1 H more"})
    void shouldRefuseALockWithAHoleOrAMovedId(String text) {
        assertThatThrownBy(() -> LockLine.parse(text.replace("H", HASH))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schemas.lock line " + text.lines().count());
    }
}
