package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Secret;
import io.vitaltwin.alerts.message.Message;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The short text to a telephone, through any gateway that takes an HTTP request. Whether doubles are told depends on the gateway's use of the id. */
final class SmsChannel implements Channel {

    static final String NAME = "sms";

    /** ITU-T E.164: at most 15 digits; short numbers of a house are allowed. */
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,15}");

    /**
     * How the gateway wants to be asked.
     *
     * @param body empty: the request has none
     * @param reference name of the text in a JSON answer that names the message; empty: no such text is read
     */
    record Gateway(
            String method, SmsTemplate url, String type, Optional<SmsTemplate> body, Map<String, Secret> headers, Optional<String> reference) {
    }

    private final Gateway gateway;
    private final HttpSend http;

    SmsChannel(Gateway gateway, HttpSend http) {
        this.gateway = gateway;
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
        if (!NUMBER.matcher(to.place()).matches()) {
            return new Delivery.Permanent("the address is no telephone number");
        }
        BodyPublisher body = gateway.body().map(template -> BodyPublishers.ofString(template.fill(to.place(), message.shortText(), message.id())))
                .orElseGet(BodyPublishers::noBody);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url().fill(to.place(), message.shortText(), message.id())))
                .method(gateway.method(), body);
        if (gateway.body().isPresent()) {
            request.header("content-type", gateway.type());
        }
        gateway.headers().forEach((name, value) -> request.header(name, value.reveal()));
        return http.send(request.build(), answer -> gateway.reference().map(name -> Json.field(answer, name)).orElse(""));
    }

    @Override
    public void close() {
        http.close();
    }
}
