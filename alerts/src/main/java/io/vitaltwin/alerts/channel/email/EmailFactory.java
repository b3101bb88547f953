package io.vitaltwin.alerts.channel.email;

import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.ChannelFactory;
import io.vitaltwin.alerts.channel.ChannelSettings;
import io.vitaltwin.alerts.channel.Secret;
import io.vitaltwin.alerts.channel.email.EmailChannel.Security;
import io.vitaltwin.alerts.channel.email.EmailChannel.Server;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings: {@code host}, {@code port}, {@code security} (starttls, tls or plain), {@code from} (an e-mail address), {@code from-name}, {@code user} and the
 * secret {@code password} (both or neither, and not with plain), {@code timeout}, {@code trust.file}.
 */
public final class EmailFactory implements ChannelFactory {

    @Override
    public String name() {
        return EmailChannel.NAME;
    }

    @Override
    public Channel create(ChannelSettings settings) {
        Security security = security(settings);
        String host = settings.required("host");
        int port = settings.number("port", security.port(), 1, 65_535);
        String from = settings.required("from");
        if (!EmailChannel.isAddress(from)) {
            throw settings.wrong("from", "is no e-mail address");
        }
        Optional<String> user = settings.line("user");
        Optional<Secret> password = settings.optionalSecret("password");
        if (user.isPresent() != password.isPresent()) {
            throw settings.wrong(user.isPresent() ? "password" : "user", "is missing: user and password go together");
        }
        if (user.isPresent() && security == Security.PLAIN) {
            throw settings.wrong("security", "must be starttls or tls: plain would show the password to everybody on the way");
        }
        Server server = new Server(host, port, security, user, password);
        return new EmailChannel(server, new EmailChannel.Sender(settings.line("from-name").orElse("vitaltwin"), from), settings.timeout(), settings.trust(),
                InstantSource.system());
    }

    private static Security security(ChannelSettings settings) {
        String word = settings.text("security").orElse("starttls");
        return Arrays.stream(Security.values()).filter(security -> word(security).equals(word)).findFirst()
                .orElseThrow(() -> settings.wrong("security", "must be one of "
                        + Arrays.stream(Security.values()).map(EmailFactory::word).collect(Collectors.joining(", ")) + ", found " + word));
    }

    private static String word(Security security) {
        return security.name().toLowerCase(Locale.ROOT);
    }
}
