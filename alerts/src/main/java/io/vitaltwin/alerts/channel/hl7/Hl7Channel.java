package io.vitaltwin.alerts.channel.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.llp.MinLLPReader;
import ca.uhn.hl7v2.llp.MinLLPWriter;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.channel.Timed;
import io.vitaltwin.alerts.message.Message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Reports to an alert manager over MLLP and waits for its acknowledgement. Each report has a connection of its own. A repeat has the same control id.
 *
 * @see "HL7 MLLP release 1; IHE PCD Alert Communication Management"
 */
final class Hl7Channel implements Channel {

    static final String NAME = "hl7";

    private static final int MOST_BYTES = 65_536;
    /** Control characters that end no segment: one of them in a pseudonym could end the report, or begin a segment where line feeds do that too. */
    private static final Pattern UNFRAMABLE = Pattern.compile("[\\p{Cntrl}&&[^\r]]");

    /** @param tls empty: the line is not protected, for networks that are */
    record Receiver(String host, int port, Optional<SSLContext> tls) {
    }

    private final Receiver receiver;
    private final AlertReport report;
    private final Duration timeout;
    private final Timed timed;
    private final InstantSource clock;
    private final HapiContext context;

    Hl7Channel(Receiver receiver, AlertReport report, Duration timeout, InstantSource clock) {
        this.receiver = receiver;
        this.report = report;
        this.timeout = timeout;
        this.timed = new Timed(NAME, timeout);
        this.clock = clock;
        this.context = answers();
    }

    /** For reading answers: of whatever version, and as they come. */
    static HapiContext answers() {
        HapiContext context = new DefaultHapiContext(new CanonicalModelClassFactory("2.6"));
        context.setValidationContext(ValidationContextFactory.noValidation());
        context.getParserConfiguration().setAllowUnknownVersions(true);
        return context;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public Delivery send(Message message, Address to) {
        String text = report.of(message, clock.instant());
        if (UNFRAMABLE.matcher(text).find()) {
            return new Delivery.Permanent("the message holds a control character, which a report cannot");
        }
        Socket socket = new Socket();
        return timed.send(() -> send(text, message.id(), socket), () -> close(socket));
    }

    private Delivery send(String text, String id, Socket socket) {
        try (socket) {
            return Acknowledgement.judge(context, exchange(text, socket), id);
        } catch (ConnectException | UnknownHostException | SocketTimeoutException e) {
            return new Delivery.Transient("the receiver cannot be reached");
        } catch (SSLException e) {
            return new Delivery.Transient("the receiver cannot be reached with TLS, or is not trusted");
        } catch (IOException | LLPException e) {
            return new Delivery.Transient("the receiver hung up or does not speak MLLP");
        }
    }

    /** @return the answer, empty where the receiver hung up without one */
    private String exchange(String text, Socket plain) throws IOException, LLPException {
        plain.connect(new InetSocketAddress(InetAddress.getByName(receiver.host()), receiver.port()), Math.toIntExact(timeout.toMillis()));
        Socket socket = receiver.tls().isPresent() ? over(plain, receiver.tls().get()) : plain;
        new MinLLPWriter(socket.getOutputStream(), StandardCharsets.UTF_8).writeMessage(text);
        String answer = new MinLLPReader(new BoundedStream(socket.getInputStream(), MOST_BYTES), StandardCharsets.UTF_8).getMessage();
        return answer == null ? "" : answer;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }

    private Socket over(Socket plain, SSLContext tls) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, receiver.host(), receiver.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Override
    public void close() {
        timed.close();
        try {
            context.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
