package io.vitaltwin.alerts.channel.hl7;

import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Certificates;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelSettingException;
import io.vitaltwin.alerts.channel.Channels;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Receiver;
import io.vitaltwin.alerts.channel.Together;
import io.vitaltwin.alerts.message.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ServerSocketFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class Hl7ChannelTest {

    private static final Address TO = Address.of("ward-3");
    private static final char BEGIN = 0x0b;
    private static final String END = "\u001c\r";

    /** What an alert manager does with a report. */
    @FunctionalInterface
    private interface Answer {
        void to(String report, Receiver receiver, OutputStream out) throws IOException, InterruptedException;
    }

    /** Reads one framed report on each connection. */
    private static final class Manager implements AutoCloseable {

        private final List<String> reports = new CopyOnWriteArrayList<>();
        private final Answer answer;
        private final Receiver receiver;

        Manager(ServerSocketFactory sockets, Answer answer) {
            this.answer = answer;
            this.receiver = new Receiver(sockets, this::serve);
        }

        private void serve(Socket socket) throws IOException, InterruptedException {
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo(BEGIN);
            ByteArrayOutputStream report = new ByteArrayOutputStream();
            for (int next = in.read(); next != 0x1c; next = in.read()) {
                if (next < 0) {
                    throw new EOFException();
                }
                report.write(next);
            }
            assertThat(in.read()).isEqualTo('\r');
            String text = report.toString(StandardCharsets.UTF_8);
            reports.add(text);
            answer.to(text, receiver, socket.getOutputStream());
        }

        @Override
        public void close() {
            receiver.close();
        }
    }

    private static Answer framed(String code) {
        return (report, receiver, out) -> {
            String id = report.split("\r")[0].split("\\|")[9];
            say(out, BEGIN + "MSH|^~\\&|AM|hospital|vitaltwin||20261122093006||ACK^R40^ACK|ack-é|P|2.6|||||||UNICODE UTF-8\rMSA|" + code + "|" + id + "\r" + END);
        };
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static Channel channel(int port, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("host", "127.0.0.1", "port", Integer.toString(port), "tls", "false", "timeout", "5s"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Channels.installed().create("hl7", settings);
    }

    private static Delivery send(Answer answer, String... more) {
        try (Manager manager = new Manager(ServerSocketFactory.getDefault(), answer); Channel channel = channel(manager.receiver.port(), more)) {
            return channel.send(Samples.call(), TO);
        }
    }

    @Test
    void shouldReportAndWaitForTheAcknowledgement() {
        try (Manager manager = new Manager(ServerSocketFactory.getDefault(), framed("AA"));
                Channel channel = channel(manager.receiver.port(), "receiving-application", "AM", "patient-authority", "house")) {
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Delivered("ack-é"));
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Delivered("ack-é"));
            assertThat(manager.reports).hasSize(2).allSatisfy(report -> assertThat(report.split("\r")[0].split("\\|"))
                    .contains("ORU^R40^ORU_R40", Samples.call().id(), "AM"));
            assertThat(manager.reports.getFirst()).contains("PID|||pseudonym-ann^^^house^PI\r", Samples.TEXT);
        }
    }

    @Test
    void shouldSendManyAtTheSameTime() throws Exception {
        try (Manager manager = new Manager(ServerSocketFactory.getDefault(), framed("AA")); Channel channel = channel(manager.receiver.port())) {
            assertThat(Together.send(channel, TO)).hasSize(Together.ids().size()).containsOnly(new Delivery.Delivered("ack-é"));
            assertThat(manager.reports).extracting(report -> report.split("\r")[0].split("\\|")[9]).containsExactlyInAnyOrderElementsOf(Together.ids());
        }
    }

    @ParameterizedTest
    @CsvSource({"AE, Permanent", "AR, Transient", "CR, Permanent", "CE, Transient"})
    void shouldPassOnWhatTheReceiverThinksOfIt(String code, String kind) {
        assertThat(send(framed(code)).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void shouldTryAgainWhereTheReceiverHangsUpOrSpeaksSomethingElse() {
        assertThat(send((report, receiver, out) -> { })).isInstanceOf(Delivery.Transient.class);
        assertThat(send((report, receiver, out) -> say(out, "HTTP/1.1 400 Bad Request\r\n\r\n"))).isInstanceOf(Delivery.Transient.class);
        assertThat(send((report, receiver, out) -> say(out, BEGIN + "what?" + END))).isInstanceOf(Delivery.Transient.class);
        assertThat(send((report, receiver, out) -> say(out, BEGIN + "MSH|^~\\&|AM"))).isInstanceOf(Delivery.Transient.class);
    }

    @Test
    void shouldNotReadForEver() {
        Answer endless = (report, receiver, out) -> {
            say(out, String.valueOf(BEGIN));
            while (true) {
                say(out, "x".repeat(8192));
            }
        };
        assertThat(send(endless)).isEqualTo(new Delivery.Transient("the receiver hung up or does not speak MLLP"));
    }

    @Test
    void shouldNotWaitForEver() {
        Answer hangs = (report, receiver, out) -> receiver.hang();
        Answer drips = (report, receiver, out) -> {
            say(out, String.valueOf(BEGIN));
            while (!receiver.closesWithin(20)) {
                say(out, "x");
            }
        };
        Delivery late = new Delivery.Transient("the receiver did not answer in time");
        assertThat(send(hangs, "timeout", "300ms")).isEqualTo(late);
        assertThat(send(drips, "timeout", "300ms")).isEqualTo(late);
    }

    /** A receiver that never shakes hands. */
    @Test
    void shouldNotWaitForEverForTls() {
        try (Receiver silent = new Receiver(socket -> socket.getInputStream().readAllBytes());
                Channel channel = channel(silent.port(), "tls", "true", "timeout", "300ms")) {
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Transient("the receiver did not answer in time"));
        }
    }

    @Test
    void shouldSpeakTlsWithWhomItTrusts(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.in(folder);
        try (Manager manager = new Manager(certificates.sockets(), framed("CA"));
                Channel trusting = channel(manager.receiver.port(), "tls", "true", "trust.file", certificates.pem().toString());
                Channel stranger = channel(manager.receiver.port(), "tls", "true")) {
            assertThat(trusting.send(Samples.call(), TO)).isInstanceOf(Delivery.Delivered.class);
            assertThat(stranger.send(Samples.call(), TO))
                    .isEqualTo(new Delivery.Transient("the receiver cannot be reached with TLS, or is not trusted"));
            assertThat(manager.reports).hasSize(1);
        }
    }

    /** The certificate is of 127.0.0.1 and of nobody else. */
    @Test
    void shouldNotTakeTheCertificateOfAnother(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.in(folder);
        try (Manager manager = new Manager(certificates.sockets(), framed("CA"));
                Channel channel = channel(manager.receiver.port(), "host", "localhost", "tls", "true", "trust.file", certificates.pem().toString())) {
            assertThat(channel.send(Samples.call(), TO))
                    .isEqualTo(new Delivery.Transient("the receiver cannot be reached with TLS, or is not trusted"));
            assertThat(manager.reports).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nOBX|9", "a\u001c\rb", "a\u000b"})
    void shouldSendNothingThatCouldEndTheReport(String id) {
        try (Manager manager = new Manager(ServerSocketFactory.getDefault(), framed("AA")); Channel channel = channel(manager.receiver.port())) {
            assertThat(channel.send(Samples.named(id), TO)).isInstanceOf(Delivery.Permanent.class);
            assertThat(manager.reports).isEmpty();
        }
    }

    @Test
    void shouldTryAgainWhereNobodyListens() {
        try (Channel channel = channel(Receiver.deadPort())) {
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Transient("the receiver cannot be reached"));
        }
    }

    @Test
    void shouldStayInterrupted() {
        Thread.currentThread().interrupt();
        Delivery delivery = send((report, receiver, out) -> receiver.hang());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delivery).isEqualTo(new Delivery.Transient("interrupted while waiting for the receiver"));
    }

    @ParameterizedTest
    @CsvSource({"port, 70000, whole number", "tls, maybe, true or false", "timeout, 1h, span", "hosts, x, unknown"})
    void shouldRefuseASettingThatCannotBe(String key, String value, String rule) {
        assertThatThrownBy(() -> channel(2575, key, value)).isInstanceOf(ChannelSettingException.class).hasMessageContaining("channel hl7")
                .hasMessageContaining(rule);
    }
}
