package io.vitaltwin.standalone.cli;

import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.KafkaConsents;
import io.vitaltwin.twin.adapter.disclosure.KafkaDisclosureLog;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Viewer;

import java.time.InstantSource;
import java.util.function.Predicate;

/** Gates of the commands. */
final class Gates {

    private Gates() {
    }

    /**
     * A gate at this way out; all consents are read when this returns.
     *
     * @param wanted patients who may be offered; of others no consent is kept
     * @throws CliException if no broker answers
     */
    static DisclosureGate open(ClusterOptions cluster, Egress egress, Viewer viewer, Predicate<String> wanted) {
        cluster.requireBroker();
        var log = new KafkaDisclosureLog(cluster.privacy().producer(cluster.writerProperties()), cluster.topics(), cluster.schemaIds(),
                cluster.privacy());
        try {
            var consumer = cluster.privacy().consumer(cluster.readerProperties());
            var consents = new KafkaConsents(consumer, cluster.topics().consents(), cluster.schemaIds(), viewer, wanted);
            return new DisclosureGate(egress, viewer, consents, log, InstantSource.system());
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** @throws CliException naming the option that cannot be used */
    static Viewer viewer(String purpose, String actor, String role) {
        try {
            return new Viewer(purpose, actor, role);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall("--" + e.getMessage(), e);
        }
    }

    /** What was kept back, said once, for people. */
    static void tellWithheld(ClusterOptions cluster, long withheld) {
        if (withheld > 0) {
            cluster.err().println("vitaltwin: records withheld because no consent covers showing them: " + withheld + "; "
                    + cluster.topics().violations().name() + " says why");
        }
    }
}
