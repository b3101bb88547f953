package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelFactory;
import io.vitaltwin.alerts.channel.ChannelSettings;

/** Settings: the secret {@code url} (who knows it may post), {@code plain-http}, {@code timeout}, {@code trust.file}. */
public final class SlackFactory implements ChannelFactory {

    @Override
    public String name() {
        return SlackChannel.NAME;
    }

    @Override
    public Channel create(ChannelSettings settings) {
        return new SlackChannel(settings.secretUrl("url"), HttpSend.of(settings));
    }
}
