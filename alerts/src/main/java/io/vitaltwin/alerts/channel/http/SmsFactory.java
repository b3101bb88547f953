package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelFactory;
import io.vitaltwin.alerts.channel.ChannelSettings;
import io.vitaltwin.alerts.channel.Secret;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings: {@code url} and {@code body} with places for <code>{to}</code>, <code>{text}</code> and <code>{id}</code>, {@code method} (POST, PUT or GET, which
 * has no body), {@code content-type}, headers as {@code header.NAME} or, where they are secret, {@code header.NAME.file} or {@code header.NAME.env},
 * {@code reference} (name of the text in a JSON answer that names the message), {@code plain-http}, {@code timeout}, {@code trust.file}.
 */
public final class SmsFactory implements ChannelFactory {

    private static final Set<String> METHODS = Set.of("POST", "PUT", "GET");

    @Override
    public String name() {
        return SmsChannel.NAME;
    }

    @Override
    public Channel create(ChannelSettings settings) {
        String method = settings.text("method").orElse("POST");
        if (!METHODS.contains(method)) {
            throw settings.wrong("method", "must be POST, PUT or GET, found " + method);
        }
        String type = settings.text("content-type").orElse(Json.TYPE);
        SmsTemplate url = url(settings);
        Optional<SmsTemplate> body = method.equals("GET") ? Optional.empty() : Optional.of(body(settings, type));
        for (String place : Set.of("to", "text")) {
            if (!url.names(place) && body.filter(template -> template.names(place)).isEmpty()) {
                throw settings.wrong(method.equals("GET") ? "url" : "body", "has no place for {" + place + "}");
            }
        }
        Map<String, Secret> headers = headers(settings);
        return new SmsChannel(new SmsChannel.Gateway(method, url, type, body, headers, settings.text("reference")), HttpSend.of(settings));
    }

    private static SmsTemplate url(ChannelSettings settings) {
        String text = settings.required("url");
        SmsTemplate template;
        try {
            template = SmsTemplate.ofUrl(text);
        } catch (IllegalArgumentException e) {
            throw settings.wrong("url", String.valueOf(e.getMessage()));
        }
        settings.checkUrl("url", template.fill("1", "1", "1"));
        int path = text.indexOf('/', text.indexOf("://") + 3);
        if (text.substring(0, path < 0 ? text.length() : path).contains("{")) {
            throw settings.wrong("url", "must have no place in its host");
        }
        return template;
    }

    private static SmsTemplate body(ChannelSettings settings, String type) {
        String text = settings.required("body");
        try {
            return SmsTemplate.ofBody(text, type);
        } catch (IllegalArgumentException e) {
            throw settings.wrong("body or content-type", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Secret> headers(ChannelSettings settings) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        for (String key : settings.below("header.").keySet()) {
            String name = key.replaceFirst("\\.(file|env)$", "");
            Secret value = name.equals(key) ? settings.plain("header." + key) : settings.secret("header." + name);
            settings.checkHeader("header." + key, name, value);
            headers.put(name, value);
        }
        return headers;
    }
}
