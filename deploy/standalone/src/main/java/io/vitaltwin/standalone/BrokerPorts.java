package io.vitaltwin.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The two ports of an embedded broker: for clients, and for itself as the controller. */
record BrokerPorts(int broker, int controller) {

    private static final String FILE = "ports.properties";

    /**
     * Ports that were free a moment ago. The controller's is nobody else's business and may always change; so may the broker's when
     * nobody asked for a certain one.
     *
     * @throws BrokerException if the port that was asked for is taken
     */
    static BrokerPorts choose(BrokerSettings settings) {
        BrokerPorts before = read(settings.folder());
        int broker = settings.port();
        if (broker != 0 && !isFree(broker)) {
            throw new BrokerException("port " + broker + " on " + BrokerSettings.HOST + " is in use; stop what uses it or choose another");
        }
        if (broker == 0) {
            broker = before.broker != 0 && isFree(before.broker) ? before.broker : free(0);
        }
        int controller = before.controller != 0 && before.controller != broker && isFree(before.controller) ? before.controller : free(broker);
        return new BrokerPorts(broker, controller);
    }

    /** Two free ports that no folder has had. */
    static BrokerPorts fresh(BrokerSettings settings) {
        int broker = settings.port() == 0 ? free(0) : settings.port();
        return new BrokerPorts(broker, free(broker));
    }

    void keepIn(Path folder) {
        Properties properties = new Properties();
        properties.setProperty("broker", String.valueOf(broker));
        properties.setProperty("controller", String.valueOf(controller));
        try (Writer writer = Files.newBufferedWriter(folder.resolve(FILE))) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new BrokerException("cannot write to " + folder + "; choose a folder that can be written", e);
        }
    }

    private static BrokerPorts read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new BrokerPorts(0, 0);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return new BrokerPorts(Integer.parseInt(properties.getProperty("broker")), Integer.parseInt(properties.getProperty("controller")));
        } catch (IOException | IllegalArgumentException e) {
            throw new BrokerException("cannot read " + file + "; remove it, and the broker chooses its ports anew", e);
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int free(int otherThan) {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return first.getLocalPort() == otherThan ? second.getLocalPort() : first.getLocalPort();
        } catch (IOException e) {
            throw new BrokerException("no free port on " + BrokerSettings.HOST, e);
        }
    }
}
