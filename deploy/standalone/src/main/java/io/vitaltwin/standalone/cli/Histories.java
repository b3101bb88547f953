package io.vitaltwin.standalone.cli;

import io.vitaltwin.twin.TwinConfig;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.adapter.RuleSetProblem;
import io.vitaltwin.twin.adapter.trial.HistoryReader;
import io.vitaltwin.twin.adapter.trial.PatientHistory;
import io.vitaltwin.twin.core.rules.RuleSet;
import io.vitaltwin.twin.topology.PatientFold;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Reads the logs of patients for commands that fold them. */
final class Histories {

    private Histories() {
    }

    /**
     * The logs of these patients, by the names that people know; of who is not in the log, one without records.
     *
     * @param patients empty: everybody who has a care plan
     * @throws CliException if no broker answers or the log cannot be read
     */
    static SortedMap<String, PatientHistory> read(ClusterOptions cluster, List<String> patients) {
        cluster.requireBroker();
        try (var consumer = cluster.privacy().consumer(cluster.readerProperties())) {
            HistoryReader reader = new HistoryReader(consumer, cluster.topics(), cluster.schemaIds(), cluster.privacy()::onTopics);
            return patients.isEmpty() ? reader.readAll() : reader.read(patients);
        } catch (HistoryReader.HistoryProblem e) {
            throw CliException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    /** @param live rule set that the running twin has; null: the one that comes with the program */
    static PatientFold.Settings settings(ClusterOptions cluster, @Nullable Path live) {
        TwinConfig defaults = TwinConfig.of(cluster.bootstrapServer(), cluster.topics(), Path.of("unused"));
        return new PatientFold.Settings(cluster.topics(), cluster.schemaIds(), live == null ? RuleSetFile.bundled() : rules(live), defaults.snapshotInterval());
    }

    /** @throws CliException if the file is no rule set; it names everything that is wrong */
    static RuleSet rules(Path file) {
        try {
            return RuleSetFile.read(file);
        } catch (RuleSetProblem e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }
}
