package io.vitaltwin.standalone.input;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Channels;
import io.vitaltwin.alerts.delivery.Contact;
import io.vitaltwin.alerts.message.Language;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NotifyInputTest {

    @TempDir
    private Path folder;

    private NotifyInput read(String text) throws IOException {
        return NotifyInput.read(Files.writeString(folder.resolve("notify.yaml"), text), Channels.installed());
    }

    @Test
    void shouldReadChannelsAndContacts() throws IOException {
        // Given
        Path secret = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef");
        // When
        NotifyInput input = read("""
                link: https://alerts.example.org/console
                timezone: Europe/Amsterdam
                channels:
                  pagerduty: {routing-key.file: %s}
                  email: {host: 127.0.0.1, port: 2525, security: plain, from: alerts@example.org, timeout: 5s}
                contacts:
                  - {name: nurse-1, ways: [{channel: email, to: nurse-1@example.org, language: nl, priority: medium, lanes: [physiological]}]}
                  - {name: desk, members: [nurse-1], ways: [{channel: PagerDuty}]}
                """.formatted(secret));
        // Then
        assertThat(input.channels()).extracting(Channel::name).containsExactly("pagerduty", "email");
        assertThat(input.contacts().of("desk")).extracting(reached -> reached.contact().channel()).containsExactly("pagerduty", "email");
        assertThat(input.contacts().find("nurse-1", "email"))
                .contains(new Contact("email", "nurse-1@example.org", Language.NL, Priority.MEDIUM, Set.of(Lane.PHYSIOLOGICAL)));
        assertThat(input.toString()).doesNotContain("0123456789abcdef");
        input.channels().forEach(Channel::close);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {link: ftp://x, channels: {}, contacts: []} | http
            {link: "https://x", channels: {pigeon: {}}, contacts: []} | pigeon
            {link: "https://x", channels: {email: {host: h, colour: red, from: a@b}}, contacts: []} | colour
            {link: "https://x", channels: {pagerduty: {}}, contacts: []} | routing-key
            {link: "https://x", channels: {}, contacts: [{name: a}]} | ways
            {link: "https://x", channels: {}, contacts: [{name: a, members: [b]}]} | member b of a
            {link: "https://x", channels: {}, contacts: [{name: a, ways: [{channel: email}]}]} | email
            {link: "https://x", channels: {}, contacts: [{name: a, members: [a], ways: []}, {name: a, members: [a]}]} | twice
            {channels: {}, contacts: []} | link
            """)
    void shouldNameFileLineAndWhatIsWrong(String text, String named) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessageContaining("notify.yaml").hasMessageContaining(named.strip());
    }
}
