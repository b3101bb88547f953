package io.vitaltwin.alerts.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The page works under a strict content policy, without a request to anybody else, and its libraries are the ones that were taken. */
class ConsoleFilesTest {

    private static final Pattern IMPORT = Pattern.compile("(?:^|[;}\\n])\\s*(?:import|export)(?:[^;'\"()=]*?\\bfrom)?\\s*['\"]([^'\"]+)['\"]");
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:https?:)?//[a-z0-9-]+\\.[a-z]");

    @Test
    void shouldHoldNoInlineScriptOrStyle() throws IOException {
        String index = ConsoleFiles.text("index.html");
        assertThat(index).doesNotContain("<style").doesNotContain("style=").doesNotContainPattern("\\son[a-z]+=").doesNotContainPattern("<script(?![^>]*\\ssrc=)");
        assertThat(ConsoleFiles.texts("app", ".js")).allSatisfy((name, text) -> assertThat(text).as(name).doesNotContainPattern("<[a-z][^>]*\\sstyle=")
                .doesNotContainPattern("\\b(eval|Function)\\(").doesNotContain("innerHTML").doesNotContain("unsafeHTML").doesNotContainPattern("css`"));
    }

    @Test
    void shouldAskNobodyElse() throws IOException {
        Map<String, String> own = new TreeMap<>(ConsoleFiles.texts("app", ".js"));
        own.putAll(ConsoleFiles.texts("css", ".css"));
        own.put("index.html", ConsoleFiles.text("index.html"));
        own.put("manifest.webmanifest", ConsoleFiles.text("manifest.webmanifest"));
        assertThat(own).allSatisfy((name, text) -> assertThat(text).as(name).doesNotContainPattern(ELSEWHERE).doesNotContain("@import"));
    }

    @Test
    void shouldImportOnlyFilesThatAreThere() throws IOException {
        Map<String, String> modules = new TreeMap<>(ConsoleFiles.texts("app", ".js"));
        modules.putAll(ConsoleFiles.texts("vendor/lit", ".js"));
        modules.putAll(ConsoleFiles.texts("vendor/lit-html", ".js"));
        modules.putAll(ConsoleFiles.texts("vendor/lit-element", ".js"));
        modules.putAll(ConsoleFiles.texts("vendor/reactive-element", ".js"));
        modules.forEach((name, text) -> {
            for (MatchResult found : IMPORT.matcher(text).results().toList()) {
                assertThat(found.group(1)).as("%s imports", name).startsWith(".");
                assertThat(ConsoleFiles.ROOT.resolve(name).resolveSibling(found.group(1)).normalize()).as("%s imports", name).isRegularFile();
            }
        });
        assertThat(modules.get("app/main.js")).containsPattern(IMPORT);
    }

    @Test
    void shouldReferOnlyToFilesThatAreThere() throws IOException {
        assertThat(REFERENCE.matcher(ConsoleFiles.text("index.html")).results().map(found -> found.group(1)).toList()).hasSizeGreaterThan(5)
                .allSatisfy(path -> assertThat(ConsoleFiles.ROOT.resolve(path)).isRegularFile());
        JsonNode manifest = new ObjectMapper().readTree(ConsoleFiles.text("manifest.webmanifest"));
        assertThat(ConsoleFiles.ROOT.resolve(manifest.get("icons").get(0).get("src").textValue())).isRegularFile();
    }

    /** A library that was changed by hand would be ours to keep. */
    @Test
    void shouldHoldTheLibrariesAsTheyWereTaken() throws IOException {
        Path vendor = ConsoleFiles.ROOT.resolve("vendor");
        Map<String, String> wanted = Files.readAllLines(vendor.resolve("SHA256SUMS")).stream().map(line -> line.split("  ", 2))
                .collect(Collectors.toMap(pair -> pair[1], pair -> pair[0]));
        try (Stream<Path> files = Files.walk(vendor)) {
            Map<String, String> found = files.filter(Files::isRegularFile).filter(file -> file.getParent().compareTo(vendor) != 0)
                    .collect(Collectors.toMap(file -> vendor.relativize(file).toString(), ConsoleFilesTest::sha256));
            assertThat(found).isEqualTo(wanted);
        }
        for (String library : new String[]{"lit", "lit-html", "lit-element", "reactive-element", "uplot"}) {
            assertThat(vendor.resolve(library).resolve("LICENSE")).isRegularFile();
            assertThat(Files.readString(vendor.resolve("README.md"))).contains("`" + library + "`");
        }
    }

    /** Red, yellow and cyan mean a priority and nothing else; green would say that all is well. */
    @Test
    void shouldUsePriorityColoursForPriorityOnly() throws IOException {
        ConsoleFiles.texts("css", ".css").forEach((name, text) -> {
            for (String line : text.split("\n")) {
                if (line.contains("var(--high") || line.contains("var(--medium") || line.contains("var(--low")) {
                    assertThat(line).as(name).contains("data-priority");
                }
            }
            assertThat(text).as(name).doesNotContainPattern("\\b(red|green|yellow|cyan|lime)\\b\\s*[;}]");
        });
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("no checksum of " + file, e);
        }
    }
}
