package io.vitaltwin.alerts.channel.hl7;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelFactory;
import io.vitaltwin.alerts.channel.ChannelSettings;

import java.time.InstantSource;
import java.util.Optional;

import javax.net.ssl.SSLContext;

/**
 * Settings: {@code host}, {@code port}, {@code tls} (true unless it is set to false), {@code sending-application}, {@code sending-facility},
 * {@code receiving-application}, {@code receiving-facility}, {@code patient-authority}, {@code timeout}, {@code trust.file}.
 */
public final class Hl7Factory implements ChannelFactory {

    private static final int MLLP_PORT = 2575;

    @Override
    public String name() {
        return Hl7Channel.NAME;
    }

    @Override
    public Channel create(ChannelSettings settings) {
        String host = settings.required("host");
        int port = settings.number("port", MLLP_PORT, 1, 65_535);
        SSLContext trust = settings.trust();
        Optional<SSLContext> tls = settings.flag("tls", true) ? Optional.of(trust) : Optional.empty();
        AlertReport report = new AlertReport(settings.line("sending-application").orElse("vitaltwin"), settings.line("sending-facility").orElse(""),
                settings.line("receiving-application").orElse(""), settings.line("receiving-facility").orElse(""),
                settings.line("patient-authority").orElse("vitaltwin"));
        return new Hl7Channel(new Hl7Channel.Receiver(host, port, tls), report, settings.timeout(), InstantSource.system());
    }
}
