package io.vitaltwin.alerts.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;

/** A receiver on this machine that does what a test tells it to, well or badly. */
public final class Receiver implements AutoCloseable {

    /** What it does with a connection; the connection is closed afterwards. */
    @FunctionalInterface
    public interface Talk {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final Talk talk;

    public Receiver(Talk talk) {
        this(ServerSocketFactory.getDefault(), talk);
    }

    public Receiver(ServerSocketFactory sockets, Talk talk) {
        this.talk = talk;
        try {
            server = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** A port on which nobody listens. */
    public static int deadPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connections that were made so far. */
    public int connections() {
        return connections.get();
    }

    /** Says nothing until the test is over. */
    public void hang() throws InterruptedException {
        closing.await();
    }

    /** Whether the test is over within so many milliseconds. */
    public boolean closesWithin(long millis) throws InterruptedException {
        return closing.await(millis, TimeUnit.MILLISECONDS);
    }

    private void accept() {
        while (closing.getCount() > 0) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            talk.with(socket);
        } catch (IOException e) {
            open.remove(socket); // the sender hung up: whether it should have is for the test to say
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
