package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.core.disclosure.Egress;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Decoded records of an output topic, as they come, as far as consent covers showing them. */
@Command(name = "tail", mixinStandardHelpOptions = true,
        description = {"Prints the records of a topic, decoded, as they are committed. Ends with Ctrl-C, --max or --timeout.",
                "What no consent covers is withheld and counted; what is shown is written to the patient's disclosure log."})
final class TailCommand implements Callable<Integer> {

    /** What can be tailed. */
    enum Stream { alerts, violations, quality, twins, notifications }

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ViewerOptions viewer = new ViewerOptions();

    @Mixin
    private FollowOptions options = new FollowOptions();

    @Parameters(index = "0", paramLabel = "STREAM", description = "${COMPLETION-CANDIDATES}")
    private Stream stream = Stream.alerts;

    @Override
    public Integer call() {
        options.check();
        Topics topics = cluster.topics();
        boolean allDecoded = switch (stream) {
            case alerts -> tail(topics.alerts(), Egress.TAIL_ALERTS);
            case quality -> tail(topics.qualityFlags(), Egress.TAIL_QUALITY);
            case twins -> tail(topics.twins(), Egress.TAIL_TWINS);
            case notifications -> tail(topics.notifications(), Egress.TAIL_NOTIFICATIONS);
            // Counts of what was refused: never a measured value, so there is nothing to ask for.
            case violations -> new Follower<>(cluster, topics.violations(), options).follow(this::print);
        };
        return allDecoded ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private <T extends SpecificRecord> boolean tail(Topic<T> topic, Egress egress) {
        try (DisclosureGate gate = Gates.open(cluster, egress, viewer.viewer(), patient -> true)) {
            boolean allDecoded = new Follower<>(cluster, topic, options)
                    .follow(records -> print(gate.pass(records.stream().map(Decoded::item).toList())));
            Gates.tellWithheld(cluster, gate.withheld());
            return allDecoded;
        }
    }

    private <T extends SpecificRecord> int print(List<Decoded<T>> records) {
        for (Decoded<T> record : records) {
            if (cluster.json()) {
                cluster.printJson(record.json());
            } else {
                cluster.out().println(Lines.of(record.key(), record.append(), record.value()));
            }
        }
        return records.size();
    }
}
