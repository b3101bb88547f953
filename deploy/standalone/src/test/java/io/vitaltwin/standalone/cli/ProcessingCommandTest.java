package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessingCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Vitaltwin.run(args, new PrintWriter(out), new PrintWriter(err));
    }

    @Test
    void shouldTellOfEveryTopicWithoutACluster() {
        assertThat(run("processing", "--bootstrap-server", "nobody.invalid:1")).isZero();
        assertThat(out.toString()).contains(Topics.defaults().all().stream().map(Topic::name).toList())
                .contains("GDPR 6(1)(a), 9(2)(a)", "ends when consent is withdrawn", "30 days", "keyed by pseudonym").doesNotContain("()");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldGiveOneObjectATopic() throws IOException {
        assertThat(run("processing", "--output", "json", "--prefix", "clinic.")).isZero();
        List<JsonNode> objects = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
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
        assertThat(run("processing", "--format", "markdown")).isZero();
        assertThat(out.toString()).startsWith("# Record of processing activities").contains("## `vt.readings.v1`", "| purpose | TREAT |");
    }

    @Test
    void shouldSayHowClientsConnect(@TempDir Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("client.properties"), "security.protocol=SSL\n");
        assertThat(run("processing", "--command-config", config.toString())).isZero();
        assertThat(out.toString()).contains("clients connect by SSL").doesNotContain("not encrypted");
    }

    @Test
    void shouldSayWhetherRecordsAreSealed(@TempDir Path folder) {
        assertThat(run("processing")).isZero();
        assertThat(out.toString()).contains("lies in the clear").doesNotContain("AES-256-GCM");
        out.getBuffer().setLength(0);
        assertThat(run("processing", "--encryption", "on", "--keys", folder.resolve("keys").toString())).isZero();
        assertThat(out.toString()).contains("random alias", "AES-256-GCM").doesNotContain("lies in the clear");
    }

    @Test
    void shouldRefuseAnUnknownFormat() {
        assertThat(run("processing", "--format", "pdf")).isEqualTo(ExitCodes.WRONG_CALL);
        assertThat(err.toString()).contains("--format");
    }
}
