package io.vitaltwin.alerts.channel.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** The connections of one sending, so that they can be cut from another thread: a mail library waits for each answer anew, however many there are. */
final class Lines {

    private final SSLContext trust;
    private final List<Socket> open = new ArrayList<>();
    private boolean cut;

    Lines(SSLContext trust) {
        this.trust = trust;
    }

    /** Connections without TLS. */
    SocketFactory plain() {
        return new Plain();
    }

    /** Connections with TLS, and TLS over a connection that is there. */
    SSLSocketFactory tls() {
        return new Tls(trust.getSocketFactory());
    }

    /** Ends all that is open or comes to be opened. */
    synchronized void cut() {
        cut = true;
        open.forEach(Lines::close);
        open.clear();
    }

    private synchronized Socket kept(Socket socket) throws IOException {
        if (cut) {
            socket.close();
            throw new IOException("too late");
        }
        open.add(socket);
        return socket;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket cannot be closed", e);
        }
    }

    private final class Plain extends SocketFactory {

        @Override
        public Socket createSocket() throws IOException {
            return kept(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return kept(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return kept(new Socket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return kept(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return kept(new Socket(host, port, local, localPort));
        }
    }

    private final class Tls extends SSLSocketFactory {

        private final SSLSocketFactory factory;

        private Tls(SSLSocketFactory factory) {
            this.factory = factory;
        }

        @Override
        public Socket createSocket() throws IOException {
            return kept(factory.createSocket());
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
            return kept(factory.createSocket(below, host, port, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return kept(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return kept(factory.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return kept(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return kept(factory.createSocket(host, port, local, localPort));
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }
    }
}
