package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.twin.TwinConfig;

import org.apache.kafka.streams.Topology;

/** From readings to one twin per patient and the alerts that follow. */
public final class TwinTopology {

    private final TwinConfig config;
    private final SchemaIds ids;

    public TwinTopology(TwinConfig config, SchemaIds ids) {
        this.config = config;
        this.ids = ids;
    }

    public Topology build() {
        Topology topology = new Topology();
        topology.addSource("readings", config.topics().readings().name());
        topology.addSink("alerts", config.topics().alerts().name(), "readings");
        java.util.Objects.requireNonNull(ids);
        return topology;
    }
}
