package io.vitaltwin.alerts.channel.email;

import io.vitaltwin.alerts.channel.Certificates;
import io.vitaltwin.alerts.channel.Receiver;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A mail server that answers each command as a test wants it to: kindly, unless told otherwise. */
final class SmtpReceiver implements AutoCloseable {

    /** In place of an answer: says nothing more. */
    static final String HANGS = "HANGS";
    /** In place of an answer: hangs up. */
    static final String DROPS = "DROPS";
    /** In place of an answer: goes on slowly, a line now and again, but never comes to an end. */
    static final String DRIPS = "DRIPS";

    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of("GREETING", "220 here", "EHLO", "250 here", "STARTTLS", "220 go on",
            "DATA", "354 go on", "AUTH", "235 fine", "QUIT", "221 bye"));
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final @Nullable Certificates certificates;
    private final CountDownLatch goodbye = new CountDownLatch(1);
    private final Receiver receiver;

    SmtpReceiver(@Nullable Certificates certificates) {
        this.certificates = certificates;
        this.receiver = new Receiver(this::serve);
    }

    /** @param command first word, or GREETING, or BODY for the end of the mail */
    SmtpReceiver answering(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    int port() {
        return receiver.port();
    }

    /** Lines that were heard, of the mail too. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** Whether the sender says good-bye within a few seconds: it does not wait for an answer to that. */
    boolean hearsGoodbye() throws InterruptedException {
        return goodbye.await(5, TimeUnit.SECONDS);
    }

    private void serve(Socket plain) throws IOException, InterruptedException {
        Socket socket = plain;
        BufferedReader in = reader(socket);
        boolean goesOn = answer(socket, "GREETING");
        while (goesOn) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            heard.add(line);
            if (line.equals("QUIT")) {
                goodbye.countDown();
            }
            String command = line.split(" ")[0].toUpperCase(Locale.ROOT);
            goesOn = answer(socket, command);
            if (goesOn && command.equals("STARTTLS") && certificates != null) {
                socket = certificates.over(plain);
                in = reader(socket);
            } else if (goesOn && command.equals("DATA") && answers.get("DATA").startsWith("3")) {
                for (String body = in.readLine(); body != null && !body.equals("."); body = in.readLine()) {
                    heard.add(body);
                }
                goesOn = answer(socket, "BODY");
            }
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private boolean answer(Socket socket, String command) throws IOException, InterruptedException {
        String answer = answers.getOrDefault(command, "250 fine");
        OutputStream out = socket.getOutputStream();
        switch (answer) {
            case HANGS -> receiver.hang();
            case DROPS -> {
                return false;
            }
            case DRIPS -> {
                while (!receiver.closesWithin(20)) {
                    write(out, "250-more\r\n");
                }
            }
            default -> write(out, answer + "\r\n");
        }
        return true;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
