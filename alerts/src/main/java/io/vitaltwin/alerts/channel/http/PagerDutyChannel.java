package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Secret;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.schemas.Priority;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * One incident for each alert: a step triggers it, acknowledging and resolving the alert do the same to the incident. Says what the short text says and no
 * more, but for the notice. A trigger of an incident that is open calls nobody again: the ladder that counts is that of the alert.
 *
 * @see "PagerDuty Events API v2"
 */
final class PagerDutyChannel implements Channel {

    static final String NAME = "pagerduty";

    private static final int LONGEST_SUMMARY = 1024;

    private final URI url;
    private final Secret routingKey;
    private final String source;
    private final HttpSend http;

    PagerDutyChannel(URI url, Secret routingKey, String source, HttpSend http) {
        this.url = url;
        this.routingKey = routingKey;
        this.source = source;
        this.http = http;
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
        HttpRequest request = HttpRequest.newBuilder(url).header("content-type", Json.TYPE).POST(BodyPublishers.ofString(Json.text(event(message)))).build();
        return http.send(request, answer -> Json.field(answer, "dedup_key"));
    }

    private ObjectNode event(Message message) {
        ObjectNode event = Json.object().put("routing_key", routingKey.reveal()).put("event_action", action(message)).put("dedup_key", message.about().alertId());
        String subject = message.subject();
        event.putObject("payload").put("summary", subject.substring(0, Math.min(subject.length(), LONGEST_SUMMARY))).put("source", source)
                .put("severity", severity(message.about().priority())).put("timestamp", message.about().at().toString())
                .put("class", message.about().lane().name())
                .putObject("custom_details").put("notification_id", message.id()).put("step", message.about().step())
                .put("notice", message.notice());
        event.putArray("links").addObject().put("href", message.link().toString()).put("text", message.subject());
        return event.put("client", "vitaltwin").put("client_url", message.link().toString());
    }

    private static String action(Message message) {
        return switch (message.happening()) {
            case CALL -> "trigger";
            case ACKNOWLEDGED -> "acknowledge";
            case RESOLVED -> "resolve";
        };
    }

    private static String severity(Priority priority) {
        return switch (priority) {
            case HIGH -> "critical";
            case MEDIUM -> "error";
            case LOW -> "warning";
            case INFO -> "info";
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
