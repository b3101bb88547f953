package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Receiver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;

/** Reads HTTP requests and answers each as told, the last way again and again. */
final class HttpReceiver implements AutoCloseable {

    /** @param headers by lower-case name */
    record Request(String method, String path, Map<String, String> headers, String body) {
    }

    /** How it answers. */
    @FunctionalInterface
    interface Reply {
        void to(HttpReceiver receiver, OutputStream out) throws IOException, InterruptedException;
    }

    static final Reply HANGS = (receiver, out) -> receiver.receiver.hang();
    static final Reply DROPS = (receiver, out) -> { };
    static final Reply GARBAGE = raw("\u0000\u0001 what is this\r\n\r\n");
    /** Begins well and never ends. */
    static final Reply STALLS = (receiver, out) -> {
        write(out, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx");
        receiver.receiver.hang();
    };
    static final Reply ENDLESS = (receiver, out) -> {
        write(out, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
        while (true) {
            write(out, "x".repeat(8192));
        }
    };

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Reply> replies;
    private final Receiver receiver;

    HttpReceiver(Reply... replies) {
        this(ServerSocketFactory.getDefault(), replies);
    }

    HttpReceiver(ServerSocketFactory sockets, Reply... replies) {
        this.replies = List.of(replies);
        this.receiver = new Receiver(sockets, this::serve);
    }

    static Reply status(int status, String... headers) {
        return answer(status, "", headers);
    }

    static Reply answer(int status, String body, String... headers) {
        StringBuilder lines = new StringBuilder("HTTP/1.1 " + status + " Something\r\n");
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return raw(lines + "content-length: " + length + "\r\nconnection: close\r\n\r\n" + body);
    }

    private static Reply raw(String text) {
        return (receiver, out) -> write(out, text);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    String url() {
        return "http://127.0.0.1:" + receiver.port();
    }

    String tlsUrl() {
        return "https://127.0.0.1:" + receiver.port();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    Request only() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request, found " + requests.size());
        }
        return requests.getFirst();
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String[] first = line(in).split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        requests.add(new Request(first[0], first[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8)));
        replies.get(Math.min(answered.getAndIncrement(), replies.size() - 1)).to(this, socket.getOutputStream());
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
