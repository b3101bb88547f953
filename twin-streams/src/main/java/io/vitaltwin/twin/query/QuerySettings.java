package io.vitaltwin.twin.query;

import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.streams.StreamsConfig;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the query API is served.
 *
 * @param host address that is listened on
 * @param port 1 to 65535; 0: a free one, for one instance alone
 * @param self how the other instances reach this one
 * @param tokens file of those who may ask: see {@link Access}
 */
public record QuerySettings(String host, int port, Instance self, Path tokens) {

    public static final String DEFAULT_HOST = "127.0.0.1";

    /** On this machine only. */
    public static QuerySettings on(int port, Path tokens) {
        return new QuerySettings(DEFAULT_HOST, port, new Instance(DEFAULT_HOST, port), tokens);
    }

    /** The same application, which tells its other instances where this one answers. */
    public TwinConfig over(TwinConfig config) {
        return config.withKafka(Map.of(StreamsConfig.APPLICATION_SERVER_CONFIG, self.toString()));
    }
}
