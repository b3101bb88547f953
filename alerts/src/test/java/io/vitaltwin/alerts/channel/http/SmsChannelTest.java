package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelSettingException;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.message.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SmsChannelTest {

    private static final Address PHONE = new Address("ward-3", "+31600000001");
    private static final String NASTY = "a\"b\\c&d=e é {to} $1";

    @TempDir
    private Path folder;

    @Test
    void shouldFillJsonAndReadTheReference() {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.answer(201, "{\"sid\":\"SM1\"}"));
                Channel channel = HttpChannels.channel("sms", "url", receiver.url() + "/send", "body", "{\"to\":\"{to}\",\"message\":\"{text}\",\"ref\":\"{id}\"}",
                        "header.authorization.file", HttpChannels.secret(folder, "Bearer t0ken"), "header.x-from", "ward", "reference", "sid")) {
            assertThat(channel.send(Samples.saying(NASTY), PHONE)).isEqualTo(new Delivery.Delivered("SM1"));
            HttpReceiver.Request request = receiver.only();
            assertThat(HttpChannels.json(request.body()).path("message").asText()).isEqualTo(NASTY);
            assertThat(HttpChannels.json(request.body()).path("to").asText()).isEqualTo("+31600000001");
            assertThat(HttpChannels.json(request.body()).path("ref").asText()).isEqualTo(Samples.call().id());
            assertThat(request.headers()).containsEntry("authorization", "Bearer t0ken").containsEntry("x-from", "ward")
                    .containsEntry("content-type", "application/json");
        }
    }

    @Test
    void shouldFillAForm() {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200));
                Channel channel = HttpChannels.channel("sms", "url", receiver.url(), "content-type", "application/x-www-form-urlencoded; charset=utf-8",
                        "body", "To={to}&Body={text}")) {
            channel.send(Samples.saying(NASTY), PHONE);
            String[] fields = receiver.only().body().split("&");
            assertThat(fields).hasSize(2);
            assertThat(fields[0]).isEqualTo("To=%2B31600000001");
            assertThat(URLDecoder.decode(fields[1], StandardCharsets.UTF_8)).isEqualTo("Body=" + NASTY);
        }
    }

    @Test
    void shouldFillAUrl() {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200));
                Channel channel = HttpChannels.channel("sms", "method", "GET", "url", receiver.url() + "/{to}/send?text={text}")) {
            assertThat(channel.send(Samples.saying("a b&c/d"), PHONE)).isInstanceOf(Delivery.Delivered.class);
            assertThat(receiver.only().method()).isEqualTo("GET");
            assertThat(receiver.only().path()).isEqualTo("/%2B31600000001/send?text=a%20b%26c%2Fd");
            assertThat(receiver.only().body()).isEmpty();
        }
    }

    @Test
    void shouldSayNeitherWhoNorWhat() {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200));
                Channel channel = HttpChannels.channel("sms", "url", receiver.url(), "content-type", "text/plain", "body", "{to} {text}")) {
            channel.send(Samples.call(), PHONE);
            assertThat(receiver.only().body()).isEqualTo("+31600000001 HIGH: first call, a patient of your list. No primary alarm. https://alerts.example.org/alerts/" + Samples.ALERT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "+", "12", "0031 6 1", "+1234567890123456", "+31600000001\n"})
    void shouldSendToNumbersOnly(String place) {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(200));
                Channel channel = HttpChannels.channel("sms", "url", receiver.url(), "body", "{\"a\":\"{to}{text}\"}")) {
            assertThat(channel.send(Samples.call(), new Address("ward-3", place))).isEqualTo(new Delivery.Permanent("the address is no telephone number"));
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void shouldTryAgainWhereTheGatewayIsBusy() {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(500), HttpReceiver.GARBAGE, HttpReceiver.status(403));
                Channel channel = HttpChannels.channel("sms", "url", receiver.url(), "body", "{\"a\":\"{to}{text}\"}")) {
            assertThat(channel.send(Samples.call(), PHONE)).isInstanceOf(Delivery.Transient.class);
            assertThat(channel.send(Samples.call(), PHONE)).isInstanceOf(Delivery.Transient.class);
            assertThat(channel.send(Samples.call(), PHONE)).isInstanceOf(Delivery.Permanent.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "body | {\"to\":\"{to}\",\"x\":\"{name}\"} | unknown place {name}",
        "body | {\"to\":{to},\"text\":\"{text}\"} | is not JSON",
        "body | {\"to\":\"{to}\"} | no place for {text}",
        "url | https://{to}.example.org/ | url",
        "url | https://example.org@{text}.example.net/ | url",
        "url | http://example.org/ | https",
        "method | DELETE | POST, PUT or GET",
        "content-type | application/xml | application/xml",
        "header.a b | x | cannot be a header",
        "header.host | x | cannot be a header",
        "timeout | 0s | longer than zero",
        "bodi | x | is unknown"})
    void shouldRefuseASettingThatCannotBe(String key, String value, String rule) {
        assertThatThrownBy(() -> HttpChannels.channel("sms", "url", "https://example.org/", "body", "{\"to\":\"{to}\",\"text\":\"{text}\"}", key, value))
                .isInstanceOf(ChannelSettingException.class).hasMessageStartingWith("channel sms, setting ").hasMessageContaining(rule);
    }
}
