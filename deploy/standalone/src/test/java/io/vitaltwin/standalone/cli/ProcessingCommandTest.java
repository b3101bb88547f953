package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessingCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldTellOfEveryTopicWithoutACluster() {
        Outcome outcome = Outcome.of("processing", "--bootstrap-server", "nobody.invalid:1");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).contains(Topics.defaults().all().stream().map(Topic::name).toList())
                .contains("GDPR 6(1)(a), 9(2)(a)", "ends when consent is withdrawn", "30 days", "keyed by pseudonym").doesNotContain("()");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void shouldGiveOneObjectATopic() throws IOException {
        Outcome outcome = Outcome.of("processing", "--output", "json", "--prefix", "clinic.");
        assertThat(outcome.exit()).isZero();
        List<JsonNode> objects = new ArrayList<>();
        for (String line : outcome.lines()) {
            objects.add(JSON.readTree(line));
        }
        assertThat(objects).extracting(object -> object.get("topic").asText())
                .containsExactlyElementsOf(new Topics("clinic.", 4).all().stream().map(Topic::name).toList());
        assertThat(objects).allSatisfy(object -> {
            assertThat(object.get("basis").get("articles").asText()).isNotEmpty();
            assertThat(object.get("fields")).isNotEmpty().allSatisfy(field -> assertThat(field.get("meaning").asText()).isNotEmpty());
        });
    }

    @Test
    void shouldWriteMarkdown() {
        Outcome outcome = Outcome.of("processing", "--format", "markdown");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).startsWith("# Record of processing activities").contains("## `vt.readings.v1`", "| purpose | TREAT |");
    }

    @Test
    void shouldSayHowClientsConnect(@TempDir Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("client.properties"), "security.protocol=SSL\n");
        Outcome outcome = Outcome.of("processing", "--command-config", config.toString());
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).contains("clients connect by SSL").doesNotContain("not encrypted");
    }

    @Test
    void shouldSayWhetherRecordsAreSealed(@TempDir Path folder) {
        assertThat(Outcome.of("processing").out()).contains("lies in the clear").doesNotContain("AES-256-GCM");
        assertThat(Outcome.of("processing", "--encryption", "on", "--keys", folder.resolve("keys").toString()).out())
                .contains("random alias", "AES-256-GCM").doesNotContain("lies in the clear");
    }

    @Test
    void shouldRefuseAnUnknownFormat() {
        Outcome outcome = Outcome.of("processing", "--format", "pdf");
        assertThat(outcome.exit()).isEqualTo(ExitCodes.WRONG_CALL);
        assertThat(outcome.err()).contains("--format");
    }
}
