package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.message.About;
import io.vitaltwin.alerts.message.AlertDetail;
import io.vitaltwin.alerts.message.Message;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A signed JSON event to a URL: the whole message, and what it is about. A repeat has the same id and the same body.
 *
 * @see "Standard Webhooks, standardwebhooks.com"
 */
final class WebhookChannel implements Channel {

    static final String NAME = "webhook";

    private static final Pattern HEADER = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private final URI url;
    private final WebhookSignature signature;
    private final HttpSend http;
    private final InstantSource clock;

    WebhookChannel(URI url, WebhookSignature signature, HttpSend http, InstantSource clock) {
        this.url = url;
        this.signature = signature;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public Delivery send(Message message, Address to) {
        if (!HEADER.matcher(message.id()).matches()) {
            return new Delivery.Permanent("the id of the message cannot be a header");
        }
        String body = Json.text(event(message));
        Instant now = clock.instant();
        HttpRequest request = HttpRequest.newBuilder(url).header("content-type", Json.TYPE).header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond())).header("webhook-signature", signature.of(message.id(), now, body))
                .POST(BodyPublishers.ofString(body)).build();
        return http.send(request, answer -> "");
    }

    private static ObjectNode event(Message message) {
        About about = message.about();
        ObjectNode event = Json.object();
        event.put("type", "alert." + message.happening().name().toLowerCase(Locale.ROOT)).put("timestamp", about.at().toString());
        ObjectNode data = event.putObject("data");
        data.put("notificationId", message.id()).put("alertId", about.alertId()).put("patientId", about.patientId()).put("recipient", about.recipient())
                .put("step", about.step()).put("priority", about.priority().name()).put("lane", about.lane().name())
                .put("urgency", message.urgency().name()).put("language", message.language().tag()).put("subject", message.subject())
                .put("shortText", message.shortText()).put("body", message.body()).put("link", message.link().toString());
        about.detail().ifPresent(detail -> data.set("detail", detail(detail)));
        return event;
    }

    private static ObjectNode detail(AlertDetail detail) {
        ObjectNode node = Json.object().put("rule", detail.rule()).put("text", detail.text()).put("since", detail.since().toString())
                .put("state", detail.state().name()).put("holds", detail.holds());
        node.set("tags", Json.array(detail.tags()));
        node.set("vitals", Json.array(detail.vitals()));
        return node;
    }

    @Override
    public void close() {
        http.close();
    }
}
