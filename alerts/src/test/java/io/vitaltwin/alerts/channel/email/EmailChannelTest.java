package io.vitaltwin.alerts.channel.email;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Certificates;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelSettingException;
import io.vitaltwin.alerts.channel.Channels;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Receiver;
import io.vitaltwin.alerts.channel.Together;
import io.vitaltwin.alerts.message.Language;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Samples;
import io.vitaltwin.schemas.Priority;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmailChannelTest {

    private static final Address ANNA = new Address("nurse-anna", "anna@example.org");
    private static final String MESSAGE_ID = "<" + Samples.ALERT + ".1.FIRST_CONTACT@alerts.example.org>";

    /** RFC 4616. */
    private static final String LOGIN = Base64.getEncoder().encodeToString("ward\0ward\0s3cret".getBytes(StandardCharsets.UTF_8));

    @RegisterExtension
    private static final GreenMailExtension GREENMAIL = new GreenMailExtension(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @TempDir
    private static Path folder;
    private static Certificates certificates;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificates = Certificates.in(folder);
    }

    private static Channel channel(int port, String... more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("host", "127.0.0.1", "port", Integer.toString(port), "from", "alerts@alerts.example.org", "timeout", "5s"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Channels.installed().create("email", settings);
    }

    private static Delivery send(SmtpReceiver receiver, String... more) {
        try (receiver; Channel channel = channel(receiver.port(), more)) {
            return channel.send(Samples.call(), ANNA);
        }
    }

    private static Delivery plainly(SmtpReceiver receiver) {
        return send(receiver, "security", "plain");
    }

    @Test
    void shouldSendAPlainTextMail() throws Exception {
        // When
        Message message = Samples.COMPOSER.call(Samples.planned("FIRST_CONTACT", Priority.HIGH), Optional.of(Samples.alert(Priority.HIGH)), Language.DE);
        try (Channel channel = channel(GREENMAIL.getSmtp().getPort(), "security", "plain", "from-name", "Alerts of ward 3")) {
            assertThat(channel.send(message, ANNA)).isEqualTo(new Delivery.Delivered(MESSAGE_ID));
        }
        // Then
        MimeMessage mail = GREENMAIL.getReceivedMessages()[0];
        assertThat(mail.getMessageID()).isEqualTo(MESSAGE_ID);
        assertThat(mail.getSubject()).isEqualTo(message.subject());
        assertThat(mail.getContentType()).containsIgnoringCase("text/plain").containsIgnoringCase("utf-8");
        assertThat(((String) mail.getContent()).replace("\r\n", "\n").stripTrailing()).isEqualTo(message.body().stripTrailing());
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("alerts@alerts.example.org", "Alerts of ward 3"));
        assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress("anna@example.org"));
        assertThat(mail.getHeader("Importance")).containsExactly("high");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("Content-Language")).containsExactly("de");
    }

    /** The mail is taken: how the server says good-bye changes nothing. */
    @Test
    void shouldTakeTheServersNameForTheMail() {
        assertThat(plainly(new SmtpReceiver(null).answering("BODY", "250 2.0.0 Ok: queued as 4F1-a.b").answering("QUIT", SmtpReceiver.DROPS)))
                .isEqualTo(new Delivery.Delivered("4F1-a.b"));
        assertThat(plainly(new SmtpReceiver(null).answering("BODY", "250 anna@example.org will like it"))).isEqualTo(new Delivery.Delivered(MESSAGE_ID));
    }

    /** Everything that is not the body may show on a locked screen, and passes many hands. */
    @Test
    void shouldSayNeitherWhoNorWhatOutsideTheBody() throws Exception {
        try (Channel channel = channel(GREENMAIL.getSmtp().getPort(), "security", "plain")) {
            channel.send(Samples.call(), ANNA);
        }
        String headers = GreenMailUtil.getHeaders(GREENMAIL.getReceivedMessages()[0]);
        assertThat(headers).contains("HIGH: first call").doesNotContain(Samples.PATIENT, "84", "SPO2", "spo2");
    }

    @Test
    void shouldHaveTheSameIdWhenSentAgain() throws Exception {
        try (Channel channel = channel(GREENMAIL.getSmtp().getPort(), "security", "plain")) {
            channel.send(Samples.call(), ANNA);
            channel.send(Samples.call(), ANNA);
        }
        assertThat(List.of(GREENMAIL.getReceivedMessages())).hasSize(2).allSatisfy(mail -> assertThat(mail.getMessageID()).isEqualTo(MESSAGE_ID));
    }

    @ParameterizedTest
    @CsvSource({"HIGH, high", "MEDIUM, normal", "LOW, low", "INFO, low"})
    void shouldSayHowLoudItIs(Priority priority, String importance) throws Exception {
        try (Channel channel = channel(GREENMAIL.getSmtp().getPort(), "security", "plain")) {
            channel.send(Samples.call("FIRST_CONTACT", priority), ANNA);
        }
        assertThat(GREENMAIL.getReceivedMessages()[0].getHeader("Importance")).containsExactly(importance);
    }

    @Test
    void shouldUpgradeToTlsBeforeTheFirstWordOfTheMail() throws Exception {
        String password = Files.writeString(folder.resolve("password"), "s3cret\n").toString();
        SmtpReceiver receiver = new SmtpReceiver(certificates).answering("EHLO", "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN");
        assertThat(send(receiver, "trust.file", certificates.pem().toString(), "user", "ward", "password.file", password))
                .isEqualTo(new Delivery.Delivered(MESSAGE_ID));
        assertThat(receiver.heard()).containsSubsequence("STARTTLS", "AUTH PLAIN " + LOGIN, "MAIL FROM:<alerts@alerts.example.org>",
                "RCPT TO:<anna@example.org>", "DATA", "Message-ID: " + MESSAGE_ID);
    }

    @Test
    void shouldSendNothingWithoutTls() {
        SmtpReceiver receiver = new SmtpReceiver(null);
        assertThat(send(receiver)).isEqualTo(new Delivery.Transient("the mail server hung up or does not speak SMTP as agreed"));
        assertThat(receiver.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void shouldSendNothingToWhomItDoesNotTrust() {
        SmtpReceiver receiver = new SmtpReceiver(certificates).answering("EHLO", "250-here\r\n250 STARTTLS");
        assertThat(send(receiver)).isEqualTo(new Delivery.Transient("the mail server cannot be reached with TLS, or is not trusted"));
        assertThat(receiver.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void shouldSpeakTlsFromTheFirstByteOn() {
        try (TlsGreenMail receiver = new TlsGreenMail(certificates);
                Channel trusting = channel(receiver.port(), "security", "tls", "trust.file", certificates.pem().toString());
                Channel stranger = channel(receiver.port(), "security", "tls")) {
            assertThat(trusting.send(Samples.call(), ANNA)).isEqualTo(new Delivery.Delivered(MESSAGE_ID));
            assertThat(stranger.send(Samples.call(), ANNA))
                    .isEqualTo(new Delivery.Transient("the mail server cannot be reached with TLS, or is not trusted"));
            assertThat(receiver.mails()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 450 anna is busy, 450", "RCPT, 452 full, 452", "MAIL, 451 later, 451", "DATA, 421 going down, 421", "BODY, 452 full, 452"})
    void shouldTryAgainLater(String command, String answer, int code) {
        assertThat(plainly(new SmtpReceiver(null).answering(command, answer))).isEqualTo(new Delivery.Transient("the mail server answers " + code));
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 no anna here, 550", "RCPT, 553 bad name, 553", "MAIL, 530 log in, 530", "DATA, 554 no, 554", "BODY, 552 too large, 552"})
    void shouldNotTryAgain(String command, String answer, int code) {
        assertThat(plainly(new SmtpReceiver(null).answering(command, answer))).isEqualTo(new Delivery.Permanent("the mail server answers " + code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA", "BODY"})
    void shouldTryAgainWhereTheServerHangsUp(String command) {
        assertThat(plainly(new SmtpReceiver(null).answering(command, SmtpReceiver.DROPS))).isInstanceOf(Delivery.Transient.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "MAIL", "RCPT", "BODY"})
    void shouldTryAgainWhereTheServerTalksNonsense(String command) {
        assertThat(plainly(new SmtpReceiver(null).answering(command, "\u0000what?"))).isInstanceOf(Delivery.Transient.class);
    }

    @ParameterizedTest
    @CsvSource({"GREETING, HANGS", "BODY, HANGS", "EHLO, DRIPS", "RCPT, DRIPS"})
    void shouldNotWaitForEver(String command, String how) {
        assertThat(send(new SmtpReceiver(null).answering(command, how), "security", "plain", "timeout", "400ms"))
                .isEqualTo(new Delivery.Transient("the receiver did not answer in time"));
    }

    /** A server that never shakes hands. */
    @Test
    void shouldNotWaitForEverForTls() {
        SmtpReceiver receiver = new SmtpReceiver(null).answering("GREETING", SmtpReceiver.HANGS);
        assertThat(send(receiver, "security", "tls", "timeout", "400ms")).isInstanceOf(Delivery.Transient.class);
    }

    @Test
    void shouldTryAgainWhereNobodyListens() {
        try (Channel channel = channel(Receiver.deadPort(), "security", "plain")) {
            assertThat(channel.send(Samples.call(), ANNA)).isEqualTo(new Delivery.Transient("the mail server cannot be reached"));
        }
    }

    @ParameterizedTest
    @CsvSource({"535 5.7.8 wrong, false", "454 4.7.0 ask again, true"})
    void shouldTellAWrongPasswordFromABusyServer(String answer, boolean again) throws Exception {
        String password = Files.writeString(folder.resolve("password"), "s3cret\n").toString();
        Delivery delivery = send(new SmtpReceiver(certificates).answering("EHLO", "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN").answering("AUTH", answer),
                "trust.file", certificates.pem().toString(), "user", "ward", "password.file", password);
        assertThat(delivery).isInstanceOf(again ? Delivery.Transient.class : Delivery.Permanent.class);
        assertThat(delivery.toString()).contains("password").doesNotContain("s3cret", "5.7.8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anna", "anna@", "anna@example.org, bea@example.org", "anna@example.org\r\nBcc: bea@example.org", "Anna <anna@example.org>",
        "anna@example.org;bea@example.org", "anna@exämple.org", "\"anna\"@example.org"})
    void shouldSendToOneAddressOnly(String place) {
        try (SmtpReceiver receiver = new SmtpReceiver(null); Channel channel = channel(receiver.port(), "security", "plain")) {
            assertThat(channel.send(Samples.call(), new Address("nurse-anna", place))).isEqualTo(new Delivery.Permanent("the address is no e-mail address"));
            assertThat(receiver.heard()).isEmpty();
        }
    }

    @Test
    void shouldSendManyAtTheSameTime() throws Exception {
        try (Channel channel = channel(GREENMAIL.getSmtp().getPort(), "security", "plain")) {
            assertThat(Together.send(channel, ANNA)).hasSize(Together.ids().size()).allMatch(Delivery.Delivered.class::isInstance);
        }
        assertThat(GREENMAIL.getReceivedMessages()).extracting(MimeMessage::getMessageID)
                .containsExactlyInAnyOrderElementsOf(Together.ids().stream().map(id -> "<" + id + "@alerts.example.org>").toList());
    }

    @Test
    void shouldSayGoodbye() throws Exception {
        try (SmtpReceiver receiver = new SmtpReceiver(null); Channel channel = channel(receiver.port(), "security", "plain")) {
            channel.send(Samples.call(), ANNA);
            assertThat(receiver.hearsGoodbye()).isTrue();
        }
    }

    @Test
    void shouldKeepAnIdInItsHeader() {
        try (SmtpReceiver receiver = new SmtpReceiver(null); Channel channel = channel(receiver.port(), "security", "plain")) {
            assertThat(channel.send(Samples.named("a>\r\nBcc: bea@example.org"), ANNA)).isInstanceOf(Delivery.Delivered.class);
            assertThat(receiver.heard()).noneMatch(line -> line.startsWith("Bcc")).contains("Message-ID: <a%3E%0D%0ABcc%3A+bea%40example.org@alerts.example.org>");
        }
    }

    @Test
    void shouldSendNothingOnceClosed() {
        try (SmtpReceiver receiver = new SmtpReceiver(null)) {
            Channel channel = channel(receiver.port(), "security", "plain");
            channel.close();
            assertThat(channel.send(Samples.call(), ANNA)).isEqualTo(new Delivery.Transient("the channel is closed"));
        }
    }

    @Test
    void shouldStayInterrupted() {
        Thread.currentThread().interrupt();
        Delivery delivery = plainly(new SmtpReceiver(null).answering("GREETING", SmtpReceiver.HANGS));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delivery).isEqualTo(new Delivery.Transient("interrupted while waiting for the receiver"));
    }

    @ParameterizedTest
    @CsvSource({"security, ssl, 'starttls, tls, plain'", "port, 0, whole number", "from, ann, no e-mail address", "user, ann, go together",
        "password.env, PATH, go together", "password, s3cret, is a secret"})
    void shouldRefuseASettingThatCannotBe(String key, String value, String rule) {
        assertThatThrownBy(() -> channel(25, key, value)).isInstanceOf(ChannelSettingException.class).hasMessageContaining(rule)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseToShowAPasswordToEverybody() {
        assertThatThrownBy(() -> channel(25, "security", "plain", "user", "ann", "password.env", "PATH")).isInstanceOf(ChannelSettingException.class)
                .hasMessageContaining("security").hasMessageContaining("starttls or tls");
    }
}
