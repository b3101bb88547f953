package io.vitaltwin.twin.query;

/**
 * One process of the application, as the others reach it: Kafka Streams' {@code application.server}.
 *
 * @param port 1 to 65535
 */
public record Instance(String host, int port) {

    public Instance {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("an instance is HOST:PORT with a port from 1 to 65535, found " + host + ":" + port);
        }
    }

    /** @throws IllegalArgumentException if the text is not HOST:PORT */
    public static Instance of(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new Instance(text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("an instance is HOST:PORT, found " + text, e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
