package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelFactory;
import io.vitaltwin.alerts.channel.ChannelSettings;
import io.vitaltwin.alerts.channel.Secret;

import java.net.URI;

/** Settings: the secret {@code routing-key}, {@code url}, {@code plain-http}, {@code source}, {@code timeout}, {@code trust.file}. */
public final class PagerDutyFactory implements ChannelFactory {

    private static final URI SERVICE = URI.create("https://events.pagerduty.com/v2/enqueue");

    @Override
    public String name() {
        return PagerDutyChannel.NAME;
    }

    @Override
    public Channel create(ChannelSettings settings) {
        Secret key = settings.secret("routing-key");
        URI url = settings.url("url", SERVICE);
        String source = settings.line("source").orElse("vitaltwin");
        return new PagerDutyChannel(url, key, source, HttpSend.of(settings));
    }
}
