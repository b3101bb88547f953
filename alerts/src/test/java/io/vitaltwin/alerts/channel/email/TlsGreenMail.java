package io.vitaltwin.alerts.channel.email;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vitaltwin.alerts.channel.Certificates;
import io.vitaltwin.alerts.channel.Receiver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A mail server behind TLS with a certificate of ours. */
final class TlsGreenMail implements AutoCloseable {

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Receiver door;

    TlsGreenMail(Certificates certificates) {
        mail.start();
        door = new Receiver(certificates.sockets(), this::pass);
    }

    int port() {
        return door.port();
    }

    int mails() {
        return mail.getReceivedMessages().length;
    }

    private void pass(Socket outside) throws IOException, InterruptedException {
        try (Socket inside = new Socket("127.0.0.1", mail.getSmtp().getPort())) {
            Thread answers = Thread.ofVirtual().start(() -> copy(inside, outside));
            copy(outside, inside);
            answers.join();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            return; // either side has hung up
        }
    }

    @Override
    public void close() {
        door.close();
        mail.stop();
    }
}
