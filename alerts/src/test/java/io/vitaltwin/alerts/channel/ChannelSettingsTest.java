package io.vitaltwin.alerts.channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChannelSettingsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", " s3cret ", "BLANK", " ");

    @TempDir
    private Path folder;

    private static ChannelSettings settings(String... pairs) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return new ChannelSettings("test", map, ENVIRONMENT::get);
    }

    @Test
    void shouldReadASecretFromAFileOrTheEnvironment() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "s3cret\n");
        assertThat(settings("token.file", file.toString()).secret("token").reveal()).isEqualTo("s3cret");
        assertThat(settings("token.env", "TOKEN").secret("token").reveal()).isEqualTo("s3cret");
        assertThat(settings().optionalSecret("token")).isEmpty();
    }

    @Test
    void shouldPrintNoSecret() {
        assertThat(settings("token.env", "TOKEN").secret("token")).hasToString("***");
        assertThat(settings("token", "s3cret").toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"token, s3cret, is a secret", "token.env, MISSING, MISSING is not set", "token.env, BLANK, is empty", "token.file, /no/such/file, cannot be read",
        "other, x, is missing"})
    void shouldSayWhatIsWrongWithASecretAndNotTheSecret(String key, String value, String rule) {
        assertThatThrownBy(() -> settings(key, value).secret("token")).isInstanceOf(ChannelSettingException.class)
                .hasMessageStartingWith("channel test, setting token").hasMessageContaining(rule).hasMessageNotContaining("s3cret").hasNoCause();
    }

    @Test
    void shouldRefuseASecretThatIsGivenTwiceOrIsTooLarge() throws Exception {
        Path large = Files.writeString(folder.resolve("large"), "x".repeat(20_000));
        assertThatThrownBy(() -> settings("token.env", "TOKEN", "token.file", large.toString()).secret("token")).hasMessageContaining("given twice");
        assertThatThrownBy(() -> settings("token.file", large.toString()).secret("token")).hasMessageContaining("larger than");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "5m, PT5M", "1ms, PT0.001S"})
    void shouldReadATimeout(String text, Duration span) {
        assertThat(settings("timeout", text).timeout()).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "10", "-1s", "6m", "301s", "1h", "ten seconds", "1.5s"})
    void shouldRefuseATimeoutThatCannotBe(String text) {
        assertThatThrownBy(() -> settings("timeout", text).timeout()).isInstanceOf(ChannelSettingException.class)
                .hasMessageContaining("timeout").hasMessageContaining(text);
    }

    @Test
    void shouldHaveATimeoutWhereNoneIsGiven() {
        assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org", "https://example.org:8443/a?b=c", "http://localhost:80/", "http://127.0.0.1:1/", "http://[::1]:1/"})
    void shouldTakeAUrlThatNobodyCanListenTo(String url) {
        assertThat(settings("url", url).url("url")).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/", "ftp://example.org/", "https://ann:pw@example.org/", "https://example.org/#a", "example.org", "a b",
        "http://localhost.example.org/", "https:///path"})
    void shouldRefuseAUrlThatOthersCanListenToOrThatIsNone(String url) {
        assertThatThrownBy(() -> settings("url", url).url("url")).isInstanceOf(ChannelSettingException.class).hasMessageContaining("setting url: ")
                .hasMessageNotContaining("pw");
    }

    @Test
    void shouldAllowPlainHttpWhereSomebodySaysSo() {
        assertThat(settings("url", "http://example.org/", "plain-http", "true").url("url")).hasToString("http://example.org/");
        assertThatThrownBy(() -> settings("url", "http://example.org/", "plain-http", "yes").url("url")).hasMessageContaining("must be true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "x", "1.5", "99999999999"})
    void shouldRefuseANumberThatCannotBe(String text) {
        assertThatThrownBy(() -> settings("port", text).number("port", 25, 1, 65_535)).isInstanceOf(ChannelSettingException.class)
                .hasMessageContaining("whole number from 1 to 65535, found " + text);
    }

    @Test
    void shouldReadNumbersAndTheirDefaults() {
        assertThat(settings("port", " 1 ").number("port", 25, 1, 65_535)).isEqualTo(1);
        assertThat(settings().number("port", 25, 1, 65_535)).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: b", "a\u001cb", "a\tb"})
    void shouldRefuseALineThatIsNone(String text) {
        assertThatThrownBy(() -> settings("from-name", text).line("from-name")).isInstanceOf(ChannelSettingException.class).hasMessageContaining("one line");
    }

    @Test
    void shouldRefuseWhatNobodyAskedFor() {
        ChannelSettings settings = settings("host", "a", "hots", "b");
        settings.required("host");
        settings.text("port");
        assertThatThrownBy(settings::refuseTheRest).isInstanceOf(ChannelSettingException.class)
                .hasMessage("channel test, setting hots: is unknown; known are host, port");
    }

    @Test
    void shouldRefuseToTrustAFileWithoutCertificates() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path odd = Files.writeString(folder.resolve("odd.pem"), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        for (String file : new String[] {empty.toString(), odd.toString(), "/no/such/file"}) {
            assertThatThrownBy(() -> settings("trust.file", file).trust()).isInstanceOf(ChannelSettingException.class).hasMessageContaining("trust.file")
                    .hasMessageContaining(file);
        }
    }
}
