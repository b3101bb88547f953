package io.vitaltwin.twin.query;

import io.vitaltwin.twin.core.disclosure.Viewer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccessTest {

    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path folder;

    private Access access(String yaml) throws IOException {
        return Access.read(Files.writeString(folder.resolve("tokens.yaml"), yaml));
    }

    @Test
    void shouldKnowATokenAndItsHash() throws IOException {
        Access access = access("""
                peer: known-to-instances-only
                tokens:
                  - {token: 0123456789abcdef, actor: anna, role: nurse, purpose: TREAT}
                  - {sha256: 3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7, actor: lab, purpose: HRESCH}
                """);
        assertThat(access.viewer("Bearer " + TOKEN)).isEqualTo(new Viewer("TREAT", "anna", "nurse"));
        assertThat(access.viewer("bearer data")).isEqualTo(new Viewer("HRESCH", "lab", ""));
        assertThat(access.isPeer("known-to-instances-only")).isTrue();
        assertThat(access.isPeer("known-to-instances-onlx")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer 0123456789abcdeg", "Basic 0123456789abcdef", "0123456789abcdef"})
    void shouldGiveNobodyElseAnAnswer(String header) throws IOException {
        Access access = access("tokens: [{token: 0123456789abcdef, actor: anna, purpose: TREAT}]");
        assertThatThrownBy(() -> access.viewer(header)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status()).isEqualTo(401));
        assertThatThrownBy(() -> access.viewer(null)).isInstanceOf(Problem.class);
        assertThat(access.isPeer(null)).isFalse();
        assertThat(access.isPeer("")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tokens: []|needs a list 'tokens'",
        "other: 1|needs a list 'tokens'",
        "{tokens: [{token: 0123456789abcde, actor: a, purpose: TREAT}]}|the token of entry 1 must have 16 characters",
        "{tokens: [{sha256: 00, actor: a, purpose: TREAT}]}|sha256 of entry 1 must be 64",
        "{tokens: [{actor: a, purpose: TREAT}]}|either token or sha256",
        "{tokens: [{token: 0123456789abcdef, actor: a, purpose: treat}]}|entry 1 of tokens: purpose must be",
        "{tokens: [{token: 0123456789abcdef, actor: a, purpose: TREAT, more: 1}]}|entry 1 of tokens must have",
        "{peer: short, tokens: [{token: 0123456789abcdef, actor: a, purpose: TREAT}]}|peer must have 16",
        "{pier: 0123456789abcdef, tokens: [{token: 0123456789abcdef, actor: a, purpose: TREAT}]}|unknown key pier",
        "'tokens: [{token: 0123456789abcdef'|is not YAML",
    })
    void shouldSayWhatIsWrongAndNeverAToken(String yaml, String message) {
        assertThatThrownBy(() -> access(yaml.replace("'tokens: [{token: 0123456789abcdef'", "tokens: [{token: 0123456789abcdef"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message).hasMessageContaining("tokens.yaml").hasMessageNotContaining("0123456789abcde");
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        assertThatThrownBy(() -> Access.read(folder.resolve("none"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void shouldSealWhereAPageBegins() throws IOException {
        Access access = access("tokens: [{token: 0123456789abcdef, actor: anna, purpose: TREAT}]");
        Cursor cursor = new Cursor(access.secret("cursor"));
        String sealed = cursor.seal("patient-ann");
        assertThat(sealed).doesNotContain("ann").isNotEqualTo(cursor.seal("patient-ann"));
        assertThat(new Cursor(access.secret("cursor")).open(sealed)).isEqualTo("patient-ann");
        assertThatThrownBy(() -> new Cursor(access.secret("other")).open(sealed)).isInstanceOf(Problem.class);
        for (String wrong : new String[] {"", "x", "!!", sealed.substring(2)}) {
            assertThatThrownBy(() -> cursor.open(wrong)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status()).isEqualTo(422));
        }
    }
}
