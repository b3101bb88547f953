package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelSettingException;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Samples;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FhirChannelTest {

    private static final Address TO = Address.of("ward-3");
    private static final CommunicationJson WRITER = new CommunicationJson("urn:patients", "urn:staff");

    @TempDir
    private Path folder;

    /** Every element by hand against the definition of the resource in R4. */
    @Test
    void shouldWriteACommunication() {
        JsonNode written = WRITER.of(Samples.call(), Instant.parse("2026-11-22T09:30:05.123456Z"));
        assertThat(written).isEqualTo(HttpChannels.json("""
                {"resourceType": "Communication",
                 "language": "en",
                 "identifier": [{"system": "https://vitaltwin.io/fhir/notification", "value": "00112233445566778899aabbccddeeff.1.FIRST_CONTACT"}],
                 "status": "completed",
                 "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/communication-category", "code": "alert", "display": "Alert"}]}],
                 "priority": "stat",
                 "subject": {"type": "Patient", "identifier": {"system": "urn:patients", "value": "pseudonym-ann"}},
                 "topic": {"text": "HIGH: first call, a patient of your list"},
                 "about": [{"identifier": {"system": "https://vitaltwin.io/fhir/alert", "value": "00112233445566778899aabbccddeeff"}}],
                 "sent": "2026-11-22T09:30:05.123Z",
                 "recipient": [{"display": "ward-3", "identifier": {"system": "urn:staff", "value": "ward-3"}}],
                 "sender": {"type": "Device", "display": "vitaltwin"},
                 "payload": [{"contentString": %s}]}
                """.formatted(Json.text(Json.object().textNode(Samples.call().body().strip())))));
    }

    @ParameterizedTest
    @CsvSource({"HIGH, stat", "MEDIUM, urgent", "LOW, routine", "INFO, routine"})
    void shouldSayHowUrgentItIs(Priority priority, String code) {
        assertThat(WRITER.of(Samples.call("FIRST_CONTACT", priority), Instant.EPOCH).path("priority").asText()).isEqualTo(code);
    }

    /** FHIR knows no empty lists. */
    @Test
    void shouldLeaveOutTheRecipientWhereNobodyIsCalled() {
        assertThat(WRITER.of(Samples.change(WorkflowEventType.RESOLVED), Instant.EPOCH).has("recipient")).isFalse();
    }

    @Test
    void shouldSayNothingOfWhatIsWithheld() {
        assertThat(WRITER.of(Samples.withheld(), Instant.EPOCH).toString()).doesNotContain("84", "SPO2", "spo2").contains("after signing in");
    }

    @Test
    void shouldCreateOnceHoweverOftenItIsSent() {
        Set<String> created = ConcurrentHashMap.newKeySet();
        try (HttpReceiver receiver = new HttpReceiver(
                HttpReceiver.status(201, "Location: https://fhir.example.org/r4/Communication/17/_history/1"), HttpReceiver.status(200)); Channel channel = to(receiver)) {
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Delivered("Communication/17"));
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Delivered(""));
            receiver.requests().forEach(request -> created.add(URLDecoder.decode(request.headers().get("if-none-exist"), StandardCharsets.UTF_8)));
            HttpReceiver.Request request = receiver.requests().getFirst();
            assertThat(request.path()).isEqualTo("/r4/Communication");
            assertThat(request.headers()).containsEntry("content-type", "application/fhir+json").containsEntry("accept", "application/fhir+json")
                    .containsEntry("authorization", "Bearer t0ken").containsEntry("prefer", "return=minimal");
            assertThat(request.headers().get("if-none-exist")).doesNotContain("|", "/", " ");
            assertThat(HttpChannels.json(request.body()).path("resourceType").asText()).isEqualTo("Communication");
        }
        assertThat(created).containsExactly("identifier=https://vitaltwin.io/fhir/notification|" + Samples.call().id());
    }

    @Test
    void shouldEscapeWhatASearchReadsAsItsOwn() {
        Message odd = Samples.named("a,b|c$d\\e&f");
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(201)); Channel channel = to(receiver)) {
            channel.send(odd, TO);
            String condition = receiver.only().headers().get("if-none-exist");
            assertThat(condition).doesNotContain("&");
            assertThat(URLDecoder.decode(condition, StandardCharsets.UTF_8)).endsWith("notification|a\\,b\\|c\\$d\\\\e&f");
        }
    }

    @ParameterizedTest
    @CsvSource({"Communication/9, Communication/9", "/Communication/a-1.b, Communication/a-1.b", "https://x/Patient/9, ''", "https://x/Communication/a b, ''"})
    void shouldTakeTheReferenceWhereThereIsOne(String location, String reference) {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.status(201, "Location: " + location)); Channel channel = to(receiver)) {
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Delivered(reference));
        }
    }

    /** A server answers with an OperationOutcome that may quote the resource. */
    @Test
    void shouldNotPassOnWhatAServerSays() {
        try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.answer(422, "{\"resourceType\":\"OperationOutcome\",\"issue\":\"84 %\"}"),
                HttpReceiver.answer(412, "more than one"), HttpReceiver.status(503), HttpReceiver.GARBAGE); Channel channel = to(receiver)) {
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Permanent("the receiver answers 422"));
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Permanent("the receiver answers 412"));
            assertThat(channel.send(Samples.call(), TO)).isEqualTo(new Delivery.Transient("the receiver answers 503"));
            assertThat(channel.send(Samples.call(), TO)).isInstanceOf(Delivery.Transient.class);
        }
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() {
        assertThatThrownBy(() -> HttpChannels.channel("fhir", "url", "https://fhir.example.org/r4?x=y")).isInstanceOf(ChannelSettingException.class)
                .hasMessageContaining("query");
        assertThatThrownBy(() -> HttpChannels.channel("fhir", "url", "https://fhir.example.org/", "authorization.file", HttpChannels.secret(folder, "a\nb")))
                .isInstanceOf(ChannelSettingException.class).hasMessageContaining("authorization").hasMessageNotContaining("a\nb");
    }

    private Channel to(HttpReceiver receiver) {
        return HttpChannels.channel("fhir", "url", receiver.url() + "/r4/", "authorization.file", HttpChannels.secret(folder, "Bearer t0ken"));
    }
}
