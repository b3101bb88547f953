package io.vitaltwin.testbench.readme;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Channels;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.standalone.cli.CommandProvider;
import io.vitaltwin.standalone.cli.Vitaltwin;
import io.vitaltwin.standalone.input.InputFile;
import io.vitaltwin.standalone.input.NotifyInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What the README and its neighbours promise exists. */
class ReadmeTest {

    private static final Path ROOT = projectFolder();
    private static final String LAUNCHER = "./vitaltwin";
    private static final Pattern OWN_CLASS = Pattern.compile("\\bio\\.vitaltwin(\\.[a-z]+)+\\.[A-Z]\\w+");

    @Test
    void shouldLinkOnlyToWhatExists() throws IOException {
        // Given
        Map<Path, List<String>> broken = new TreeMap<>();
        int links = 0;
        for (Path file : documents()) {
            Markdown document = Markdown.read(file);
            links += document.relativeLinks().size();
            if (!document.brokenLinks().isEmpty()) {
                broken.put(ROOT.relativize(file), document.brokenLinks());
            }
        }
        // Then
        assertThat(broken).isEmpty();
        assertThat(links).as("links that were looked at").isPositive();
    }

    @Test
    void shouldListTheCommandsThatExistAndNoOther() throws IOException {
        // Given
        List<String> listed = readme().firstColumnOf("command").stream().map(cell -> cell.replace("`", "").replace(LAUNCHER + " ", "")).toList();
        List<String> existing = commandLine().getSubcommands().entrySet().stream()
                .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey).toList();
        // Then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(existing);
    }

    @Test
    void shouldShowOnlyCommandLinesThatAreUnderstood() throws IOException {
        // Given
        List<String> shown = readme().blocks("sh").stream().flatMap(List::stream).filter(line -> line.startsWith(LAUNCHER + " ")).toList();
        // Then
        assertThat(shown).isNotEmpty().allSatisfy(line -> {
            String[] words = line.split(" +");
            assertThatCode(() -> commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length))).doesNotThrowAnyException();
        });
    }

    @Test
    void shouldNameEveryTopic() throws IOException {
        // Given
        String text = String.join("\n", readme().lines());
        // Then
        assertThat(Topics.defaults().all()).extracting(Topic::name).allSatisfy(name -> assertThat(text).contains("`" + name + "`"));
    }

    @Test
    void shouldNameOnlyClassesThatExist() throws IOException {
        // Given
        List<String> named = readme().lines().stream().flatMap(line -> OWN_CLASS.matcher(line).results()).map(match -> match.group()).toList();
        // Then
        assertThat(named).isNotEmpty().allSatisfy(name -> assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException());
    }

    @Test
    void shouldShowSnippetsThatAreTestedElsewhere() throws IOException {
        assertThat(readme().blocks("java")).singleElement().satisfies(block ->
                assertShownIn(block, "testbench/kit/src/test/java/io/vitaltwin/testbench/readme/AlertReader.java"));
        assertThat(readme().blocks("js")).singleElement().satisfies(block -> assertShownIn(block, "testbench/interop/examples/alerts.js"));
    }

    @Test
    void shouldShowAPlanAndAConsentThatAreUnderstood() throws IOException {
        // Given
        List<String> files = readme().blocks("yaml").stream().map(block -> String.join("\n", block)).toList();
        assertThat(files).hasSize(3);
        // Then
        assertThat(InputFile.parse("plan", files.get(0), InputFile.Kind.PATIENTS, Instant.EPOCH).patients())
                .singleElement().satisfies(plan -> assertThat(plan.getDevices()).hasSize(1));
        assertThat(InputFile.parse("consent", files.get(1), InputFile.Kind.CONSENTS, Instant.EPOCH).consents())
                .singleElement().satisfies(consent -> assertThat(consent.getProvisions()).hasSize(1));
    }

    @Test
    void shouldShowChannelsAndContactsThatAreUnderstood(@TempDir Path folder) throws IOException {
        // Given
        Path password = Files.writeString(folder.resolve("smtp"), "a password");
        Path key = Files.writeString(folder.resolve("webhook"), "whsec_" + Base64.getEncoder().encodeToString(new byte[32]));
        String text = String.join("\n", readme().blocks("yaml").get(2)).replace("/run/secrets/smtp", password.toString())
                .replace("/run/secrets/webhook", key.toString());
        // When
        NotifyInput input = NotifyInput.read(Files.writeString(folder.resolve("notify.yaml"), text), Channels.installed());
        // Then
        assertThat(input.channels()).extracting(Channel::name).containsExactly("email", "webhook");
        assertThat(input.contacts().of("desk")).hasSize(2);
        input.channels().forEach(Channel::close);
    }

    private static void assertShownIn(List<String> block, String file) throws IOException {
        List<String> source = Files.readAllLines(ROOT.resolve(file)).stream().map(String::strip).toList();
        assertThat(Collections.indexOfSubList(source, block.stream().map(String::strip).toList())).as("the README's block, line by line in %s", file).isNotNegative();
    }

    private static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Vitaltwin());
        ServiceLoader.load(CommandProvider.class).forEach(provider -> line.addSubcommand(provider.command()));
        return line.setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static Markdown readme() throws IOException {
        return Markdown.read(ROOT.resolve("README.md"));
    }

    /** Our own documents: those of data sets come with the data and stay as they are. */
    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches(".*(^|/)(target|node_modules|resources|\\.git)/.*"))
                    .sorted().toList();
        }
    }

    private static Path projectFolder() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("schemas/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("the test runs outside the project: no schemas/pom.xml above " + Path.of("").toAbsolutePath());
    }
}
