package io.vitaltwin.schemas;

import io.vitaltwin.schemas.Processing.Basis;
import io.vitaltwin.schemas.Processing.Category;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** GDPR 30: no topic without a purpose and a ground, no field that nobody declared. */
@Tag("ethics")
class ProcessingRegisterTest {

    static List<Topic<?>> topics() {
        return Topics.defaults().all();
    }

    static List<Topic<?>> avroTopics() {
        return List.copyOf(Topics.defaults().avro());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldSayForWhatEachTopicIsProcessed(Topic<?> topic) {
        assertThat(ProcessingRegister.of(topic)).hasValueSatisfying(entry -> {
            assertThat(topic.name()).isEqualTo("vt." + entry.what() + ".v1");
            assertThat(entry.activity()).endsWith(".");
            assertThat(entry.purposes()).isNotEmpty();
            assertThat(entry.writers()).isNotEmpty();
            assertThat(entry.people().isEmpty()).isEqualTo(entry.basis() == Basis.NO_PERSON);
        });
    }

    @ParameterizedTest
    @MethodSource("avroTopics")
    void shouldDeclareEachFieldAndNoOther(Topic<?> topic) {
        List<String> fields = SpecificData.get().getSchema(topic.type()).getFields().stream().map(Schema.Field::name).toList();
        assertThat(ProcessingRegister.of(topic).map(Processing::fields).orElseThrow().keySet())
                .as("declare a new field in ProcessingRegister, with what kind of data it holds").containsExactlyInAnyOrderElementsOf(fields);
    }

    @ParameterizedTest
    @MethodSource("avroTopics")
    void shouldKeepValuesOutOfWhatConsentDoesNotEnd(Topic<?> topic) {
        Processing entry = ProcessingRegister.of(topic).orElseThrow();
        if (entry.basis() == Basis.ACCOUNTABILITY || entry.basis() == Basis.ERASURE || entry.basis() == Basis.NO_PERSON) {
            assertThat(entry.categories()).doesNotContain(Category.HEALTH);
        }
    }

    @Test
    void shouldHaveNoEntryForATopicThatIsNotInTheCatalogue() {
        assertThat(ProcessingRegister.all()).extracting(Processing::what).doesNotHaveDuplicates().hasSameSizeAs(topics());
    }

    @Test
    void shouldKnowEveryPrefixAndNoOtherTopic() {
        assertThat(ProcessingRegister.of(new Topics("clinic.", 1).alerts())).map(Processing::what).hasValue("alerts");
        Topic<AlertEvent> unknown = new Topic<>("vt.old-alerts.v1", AlertEvent.class, 1, Topic.Cleanup.DELETE, Optional.empty(), Topic.TimestampType.CREATE);
        assertThat(ProcessingRegister.of(unknown)).isEmpty();
    }
}
