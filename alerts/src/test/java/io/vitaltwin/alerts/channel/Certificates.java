package io.vitaltwin.alerts.channel;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import static org.assertj.core.api.Assertions.assertThat;

/** A certificate of 127.0.0.1 that nobody but its own file trusts, made with the JDK's keytool. */
public final class Certificates {

    public static final String PASSWORD = "changeit";

    private final Path store;
    private final Path pem;
    private final SSLContext context;

    private Certificates(Path store, Path pem, SSLContext context) {
        this.store = store;
        this.pem = pem;
        this.context = context;
    }

    public static Certificates in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("receiver.p12");
        Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "receiver",
                "-keyalg", "EC", "-dname", "CN=receiver", "-ext", "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", PASSWORD)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path pem = folder.resolve("receiver.pem");
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getCertificate("receiver").getEncoded());
        Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Certificates(store, pem, context);
    }

    /** The key and its certificate, as PKCS 12. */
    public Path store() {
        return store;
    }

    /** The certificate, for {@code trust.file}. */
    public Path pem() {
        return pem;
    }

    /** TLS over a connection that somebody made to us. */
    public Socket over(Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        tls.setUseClientMode(false);
        return tls;
    }

    public ServerSocketFactory sockets() {
        return context.getServerSocketFactory();
    }
}
