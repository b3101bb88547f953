package io.vitaltwin.alerts.channel.email;

import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Secret;
import io.vitaltwin.alerts.channel.Timed;
import io.vitaltwin.alerts.message.Message;
import io.vitaltwin.alerts.message.Urgency;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;

import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

/**
 * A plain text e-mail to one address over SMTP. A repeat has the same Message-ID. Each message has a connection of its own, which is cut when the timeout is
 * over, however slowly the server goes on.
 */
final class EmailChannel implements Channel {

    static final String NAME = "email";

    private static final Pattern ONE = Pattern.compile("[\\x21-\\x7e&&[^<>(),;:\"\\[\\]]]+");
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    /** Where a server says what it calls the mail. */
    private static final Pattern QUEUED = Pattern.compile("queued as ([A-Za-z0-9._-]{1,64})");

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
    private final InstantSource clock;
    private final Timed timed;

    EmailChannel(Server server, Sender sender, Duration timeout, SSLContext trust, InstantSource clock) {
        this.server = server;
        this.sender = sender;
        this.timeout = timeout;
        this.trust = trust;
        this.clock = clock;
        this.timed = new Timed(NAME, timeout);
    }

    /** One address, without name or list, in ASCII: a domain of other letters is written in its own way (RFC 5891). */
    static boolean isAddress(String text) {
        try {
            new InternetAddress(text, true).validate();
            return ONE.matcher(text).matches();
        } catch (AddressException e) {
            return false;
        }
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
        if (!isAddress(to.place())) {
            return new Delivery.Permanent("the address is no e-mail address");
        }
        Lines lines = new Lines(trust);
        return timed.send(() -> deliver(message, to, session(lines)), lines::cut);
    }

    private Delivery deliver(Message message, Address to, Session session) throws UnsupportedEncodingException {
        try {
            MimeMessage mail = mail(message, to, session);
            Transport transport = session.getTransport();
            transport.connect();
            transport.sendMessage(mail, mail.getAllRecipients());
            String answer = transport instanceof SMTPTransport smtp ? String.valueOf(smtp.getLastServerResponse()) : "";
            sayGoodbye(transport);
            Matcher queued = QUEUED.matcher(answer);
            return new Delivery.Delivered(queued.find() ? queued.group(1) : mail.getMessageID());
        } catch (MessagingException e) {
            return SmtpFailure.of(e);
        }
    }

    private static void sayGoodbye(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            return; // the mail is taken: how the server says good-bye changes nothing
        }
    }

    private MimeMessage mail(Message message, Address to, Session session) throws MessagingException, UnsupportedEncodingException {
        MimeMessage mail = new FixedId(session, message.id(), sender.address().substring(sender.address().lastIndexOf('@') + 1));
        mail.setFrom(new InternetAddress(sender.address(), sender.name(), UTF_8));
        mail.setRecipient(RecipientType.TO, new InternetAddress(to.place(), true));
        mail.setSubject(message.subject(), UTF_8);
        mail.setSentDate(Date.from(clock.instant()));
        mail.setText(message.body(), UTF_8);
        mail.setContentLanguage(new String[] {message.language().tag()});
        mail.setHeader("Importance", importance(message.urgency()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.saveChanges();
        return mail;
    }

    /** A mail whose Message-ID is that of the message, so that a repeat is known as one. */
    private static final class FixedId extends MimeMessage {

        private final String id;

        FixedId(Session session, String id, String domain) {
            super(session);
            this.id = "<" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "@" + domain + ">";
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /** @see "RFC 2156 section 5.3.4" */
    private static String importance(Urgency urgency) {
        return switch (urgency) {
            case IMMEDIATE -> "high";
            case PROMPT -> "normal";
            case ROUTINE -> "low";
        };
    }

    /** For one message. */
    private Session session(Lines lines) {
        String protocol = server.security() == Security.TLS ? "smtps" : "smtp";
        Map<String, Object> settings = new HashMap<>(Map.of("host", server.host(), "port", Integer.toString(server.port()),
                "socketFactory", lines.plain(), "socketFactory.fallback", "false", "ssl.socketFactory", lines.tls(), "ssl.checkserveridentity", "true"));
        for (String name : List.of("connectiontimeout", "timeout", "writetimeout")) {
            settings.put(name, Long.toString(timeout.toMillis()));
        }
        String upgrade = Boolean.toString(server.security() == Security.STARTTLS);
        settings.put("starttls.enable", upgrade);
        settings.put("starttls.required", upgrade);
        settings.put("quitwait", "false");
        settings.put("auth", Boolean.toString(server.user().isPresent()));
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        settings.forEach((name, value) -> properties.put("mail." + protocol + "." + name, value));
        return Session.getInstance(properties, new Login());
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
