package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelFactory;
import io.vitaltwin.alerts.channel.ChannelSettings;
import io.vitaltwin.alerts.channel.Secret;

import java.net.URI;
import java.time.InstantSource;

/** Settings: {@code url}, {@code plain-http}, the secret {@code secrets}, {@code timeout}, {@code trust.file}. */
public final class WebhookFactory implements ChannelFactory {

    @Override
    public String name() {
        return WebhookChannel.NAME;
    }

    @Override
    public Channel create(ChannelSettings settings) {
        URI url = settings.url("url");
        return new WebhookChannel(url, signature(settings), HttpSend.of(settings), InstantSource.system());
    }

    private static WebhookSignature signature(ChannelSettings settings) {
        Secret secrets = settings.secret("secrets");
        try {
            return WebhookSignature.of(secrets);
        } catch (IllegalArgumentException e) {
            throw settings.wrong("secrets", String.valueOf(e.getMessage()));
        }
    }
}
