package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.message.Message;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** The short text and the notice, to a room. The room cannot tell doubles. @see "Slack, incoming webhooks" */
final class SlackChannel implements Channel {

    static final String NAME = "slack";

    private final URI url;
    private final HttpSend http;

    SlackChannel(URI url, HttpSend http) {
        this.url = url;
        this.http = http;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean bundles() {
        return true;
    }

    @Override
    public Delivery send(Message message, Address to) {
        HttpRequest request = HttpRequest.newBuilder(url).header("content-type", Json.TYPE).POST(BodyPublishers.ofString(Json.text(post(message)))).build();
        return http.send(request, answer -> "");
    }

    private static ObjectNode post(Message message) {
        return Json.object().put("text", escaped(message.shortText() + "\n" + message.notice())).put("unfurl_links", false).put("unfurl_media", false);
    }

    /** The three characters that Slack reads as its own. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void close() {
        http.close();
    }
}
