package io.vitaltwin.alerts.channel.email;

import com.sanctionco.jmail.JMail;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Secret;
import io.vitaltwin.alerts.channel.Timed;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Urgency;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

/**
 * A plain text e-mail to one address over SMTP. A repeat has the same Message-ID. Each message has a connection of its own, which is cut when the timeout is
 * over, however slowly the server goes on.
 */
final class EmailChannel implements Channel {

    static final String NAME = "email";

    private static final Pattern ONE = Pattern.compile("[^\\s\\p{Cntrl}<>(),;:\"\\[\\]]+");

    /** How the way to the server is protected. */
    enum Security {
        /** TLS from the first word of the mail on, or no mail. */
        STARTTLS(587),
        /** TLS from the first byte on. */
        TLS(465),
        /** Not at all. */
        PLAIN(25);

        private final int port;

        Security(int port) {
            this.port = port;
        }

        int port() {
            return port;
        }
    }

    /** Which server takes the mail. @param user empty: none is needed, and no password either */
    record Server(String host, int port, Security security, Optional<String> user, Optional<Secret> password) {
    }

    /** Whom the mail is from. */
    record Sender(String name, String address) {
    }

    private final Server server;
    private final Sender sender;
    private final Duration timeout;
    private final SSLContext trust;
    private final Timed timed;

    EmailChannel(Server server, Sender sender, Duration timeout, SSLContext trust) {
        this.server = server;
        this.sender = sender;
        this.timeout = timeout;
        this.trust = trust;
        this.timed = new Timed(NAME, timeout);
    }

    /** One address, without name or list. */
    static boolean isAddress(String text) {
        return ONE.matcher(text).matches() && JMail.strictValidator().isValid(text);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Delivery send(Message message, Address to) {
        if (!isAddress(to.place())) {
            return new Delivery.Permanent("the address is no e-mail address");
        }
        Email email = email(message, to);
        Lines lines = new Lines(trust);
        return timed.send(() -> deliver(email, mailer(lines)), lines::cut);
    }

    private static Delivery deliver(Email email, Mailer mailer) {
        try {
            mailer.sendMail(email, false);
            return new Delivery.Delivered(String.valueOf(email.getId()));
        } catch (MailException e) {
            return SmtpFailure.of(e);
        }
    }

    private Email email(Message message, Address to) {
        String domain = sender.address().substring(sender.address().lastIndexOf('@') + 1);
        return EmailBuilder.startingBlank().from(sender.name(), sender.address()).to(null, to.place()).withSubject(message.subject())
                .withPlainText(message.body()).fixingMessageId("<" + URLEncoder.encode(message.id(), StandardCharsets.UTF_8) + "@" + domain + ">")
                .withHeader("Content-Language", message.language().tag()).withHeader("Importance", importance(message.urgency()))
                .withHeader("Auto-Submitted", "auto-generated").buildEmail();
    }

    /** @see "RFC 2156 section 5.3.4" */
    private static String importance(Urgency urgency) {
        return switch (urgency) {
            case IMMEDIATE -> "high";
            case PROMPT -> "normal";
            case ROUTINE -> "low";
        };
    }

    /** For one message. The session is made here and not by the mailer: a mailer's own would trust any certificate. */
    private Mailer mailer(Lines lines) {
        String protocol = server.security() == Security.TLS ? "smtps" : "smtp";
        Map<String, Object> settings = new HashMap<>(Map.of("host", server.host(), "port", Integer.toString(server.port()),
                "socketFactory", lines.plain(), "socketFactory.fallback", "false", "ssl.socketFactory", lines.tls(), "ssl.checkserveridentity", "true"));
        for (String name : List.of("connectiontimeout", "timeout", "writetimeout")) {
            settings.put(name, Long.toString(timeout.toMillis()));
        }
        String upgrade = Boolean.toString(server.security() == Security.STARTTLS);
        settings.put("starttls.enable", upgrade);
        settings.put("starttls.required", upgrade);
        settings.put("auth", Boolean.toString(server.user().isPresent()));
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        settings.forEach((name, value) -> properties.put("mail." + protocol + "." + name, value));
        return MailerBuilder.usingSession(Session.getInstance(properties, new Login())).buildMailer();
    }

    private final class Login extends Authenticator {

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(server.user().orElse(""), server.password().map(Secret::reveal).orElse(""));
        }
    }

    @Override
    public void close() {
        timed.close();
    }
}
