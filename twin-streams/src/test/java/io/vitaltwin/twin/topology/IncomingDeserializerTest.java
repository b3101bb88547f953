package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.SchemaProblem;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.streams.TopicDeserializer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IncomingDeserializerTest {

    private static final byte[] SCHEMA_999 = {0, 0, 0, 3, (byte) 0xE7, 1};

    @ParameterizedTest
    @EnumSource(value = SchemaProblem.Kind.class, names = {"REGISTRY_UNREACHABLE", "REGISTRY_REFUSED"})
    void shouldNotBlameTheRecordForTheRegistry(SchemaProblem.Kind kind) {
        // Given
        TopicDeserializer<PatientReport, Incoming> deserializer = reports(new Registry(kind));
        // Then
        assertThatThrownBy(() -> deserializer.deserialize("vt.reports.v1", SCHEMA_999)).isInstanceOf(SchemaProblem.class);
    }

    @Test
    void shouldMakeAValueOfARecordThatCannotBeRead() {
        Incoming incoming = reports(new BundledSchemaIds()).deserialize("vt.reports.v1", SCHEMA_999);

        assertThat(incoming).isInstanceOfSatisfying(Incoming.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).isEqualTo("UNKNOWN_ID");
            assertThat(unreadable.bytes()).isEqualTo(SCHEMA_999);
        });
    }

    private static TopicDeserializer<PatientReport, Incoming> reports(SchemaIds ids) {
        return new TopicDeserializer<>(new AvroSerde<>(Topics.defaults().reports(), ids),
                (report, bytes) -> new Incoming.Report(Objects.requireNonNull(report), bytes), Incoming.Unreadable::new);
    }

    /** Knows how to write, and fails whenever it is asked how something was written. */
    private record Registry(SchemaProblem.Kind kind) implements SchemaIds {

        @Override
        public int idOf(String subject, Schema schema) {
            return new BundledSchemaIds().idOf(subject, schema);
        }

        @Override
        public Schema schemaOf(int id) {
            throw new SchemaProblem(kind, "no answer");
        }
    }
}
