package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelFactory;
import io.vitaltwin.alerts.channel.ChannelSettings;
import io.vitaltwin.alerts.channel.Secret;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Settings: {@code url} (base of the server), {@code plain-http}, the secret {@code authorization} (whole header, such as {@code Bearer x}),
 * {@code patient-system} and {@code recipient-system} (systems of the identifiers by which the server knows patients and people), {@code timeout},
 * {@code trust.file}.
 */
public final class FhirFactory implements ChannelFactory {

    @Override
    public String name() {
        return FhirChannel.NAME;
    }

    @Override
    public Channel create(ChannelSettings settings) {
        URI base = settings.url("url");
        if (base.getQuery() != null) {
            throw settings.wrong("url", "must have no query: it is the base of the server");
        }
        Optional<Secret> authorization = settings.optionalSecret("authorization");
        authorization.ifPresent(secret -> settings.checkHeader("authorization", "authorization", secret));
        CommunicationJson writer = new CommunicationJson(settings.line("patient-system").orElse(CommunicationJson.OURS + "patient"),
                settings.line("recipient-system").orElse(CommunicationJson.OURS + "recipient"));
        return new FhirChannel(base, authorization, writer, HttpSend.of(settings), InstantSource.system());
    }
}
