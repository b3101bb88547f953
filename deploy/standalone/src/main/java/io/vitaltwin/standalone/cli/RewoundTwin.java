package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.adapter.trial.PatientHistory;
import io.vitaltwin.twin.adapter.trial.VirtualTrial;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.core.state.Slot;
import io.vitaltwin.twin.core.state.StreamState;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code twin show --at}: the twin as it was, folded from the log. */
final class RewoundTwin {

    private final ClusterOptions cluster;
    private final Viewer viewer;

    RewoundTwin(ClusterOptions cluster, Viewer viewer) {
        this.cluster = cluster;
        this.viewer = viewer;
    }

    /**
     * A run that a rule was watching: its condition held, or no longer held, and the time for an alert or its end had not come yet.
     *
     * @param place of the run in the memory of the stream's rules; ON towards an alert, OFF towards its end
     */
    private record Going(String vital, String device, String place, Instant since, int readings) {
    }

    /** @param live rule set that the twin had; null: the one that comes with the program */
    int show(String patient, Instant at, @Nullable Path live) {
        VirtualTrial trial = new VirtualTrial(Histories.settings(cluster, live));
        PatientHistory history = Histories.read(cluster, List.of(patient)).get(patient);
        if (history == null || history.records().isEmpty()) {
            throw CliException.failed("the log holds nothing about this patient; check the pseudonym and --prefix");
        }
        if (at.isAfter(history.until())) {
            throw CliException.failed("the log ends at " + history.until() + ": give an earlier --at, or leave it out for the live twin");
        }
        VirtualTrial.Rewound rewound = trial.rewind(history, at);
        TwinSnapshot twin = rewound.snapshot().orElseThrow(() -> CliException.failed("nothing was known of this patient at " + at
                + rewound.origin().from().map(from -> "; the log has records since " + from).orElse("; the log that is kept begins later")));
        cluster.privacy().show(twin);
        TwinCommand.requirePermitted(cluster, viewer, new Item<>(patient, at.toEpochMilli(), Offers.of(patient, twin, at.toEpochMilli()), twin));
        List<Going> going = rewound.twin().map(state -> going(state.streams())).orElse(List.of());
        if (cluster.json()) {
            cluster.printJson(json(twin, going, rewound.origin()));
        } else {
            print(twin, going, rewound.origin());
        }
        return ExitCodes.DONE;
    }

    private static List<Going> going(Iterable<StreamState> streams) {
        List<Going> going = new ArrayList<>();
        for (StreamState stream : streams) {
            for (Slot slot : Slot.ALL) {
                stream.run(slot).ifPresent(run -> going.add(new Going(stream.vital().id(), stream.deviceId(), slot.name(),
                        Instant.ofEpochMilli(run.startMillis()), run.count())));
            }
        }
        return going;
    }

    private static ObjectNode json(TwinSnapshot twin, List<Going> going, VirtualTrial.Origin origin) {
        ObjectNode json = RecordText.json(twin);
        ArrayNode runs = json.putArray("runs");
        going.forEach(run -> runs.addObject().put("vital", run.vital()).put("deviceId", run.device()).put("place", run.place())
                .put("since", run.since().toString()).put("readings", run.readings()));
        json.put("foldedFrom", origin.from().map(Instant::toString).orElse(null));
        ArrayNode missing = json.putArray("missing");
        origin.missing().forEach(missing::add);
        return json;
    }

    private void print(TwinSnapshot twin, List<Going> going, VirtualTrial.Origin origin) {
        TwinCommand.print(cluster.out(), twin);
        going.forEach(run -> cluster.out().println("  a rule watches " + run.vital() + " of " + run.device() + " since " + run.since() + " ("
                + run.place() + "): readings " + run.readings()));
        cluster.out().println("  folded from the log since " + origin.from().map(Instant::toString).orElse("its beginning"));
        origin.missing().forEach(line -> cluster.out().println("  missing: " + line));
    }
}
