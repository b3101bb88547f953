package io.vitaltwin.testbench.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who reads topics, and whether what was read goes through the gate. A new class that reads a topic fails here until it either uses the gate or is named
 * below with the reason why nothing about a patient leaves by it.
 */
class EgressesTest {

    private static final String CLI = "io.vitaltwin.standalone.cli.";
    private static final String ALERTS = "io.vitaltwin.alerts.adapter.";
    private static final String KIT = "io.vitaltwin.testbench.";

    /** Where a topic is read by somebody else's hand. */
    private static final Set<String> READERS = Set.of(Consumer.class.getName(), CLI + "TopicReader", CLI + "PatientLog", CLI + "Follower");

    private static final Map<String, String> WITHOUT_GATE = Map.ofEntries(
            Map.entry(CLI + "TopicReader", "hands bytes to those who use it, all of them in this list or at the gate"),
            Map.entry(CLI + "PatientLog", "hands records to those who use it, all of them in this list or at the gate"),
            Map.entry(CLI + "Follower", "hands records to those who use it, all of them in this list or at the gate"),
            Map.entry(CLI + "Export", "writes into a folder that appears only when ExportCommand has passed the gate"),
            Map.entry(CLI + "Histories", "hands logs to WhatIfCommand and RewoundTwin, which pass the gate with what they made of them"),
            Map.entry("io.vitaltwin.twin.adapter.trial.HistoryReader", "hands logs to whoever folds them and passes the gate"),
            Map.entry(CLI + "UpgradeCommand", "builds consumers for the check before an upgrade"),
            Map.entry("io.vitaltwin.standalone.upgrade.UpgradeCheck", "hands consumers to those two and tells counts and versions: no values"),
            Map.entry("io.vitaltwin.standalone.upgrade.StoredStates", "counts entries that it can decode: no values"),
            Map.entry("io.vitaltwin.standalone.upgrade.WrittenSchemas", "reads ids of schemas and looks at no value"),
            Map.entry(CLI + "DisclosuresCommand", "shows a patient who saw what: no values"),
            Map.entry(CLI + "ConsentLog", "shows who wrote a consent what it says: no values"),
            Map.entry(CLI + "WorklistLog", "hands rows to AlertCommand, which passes the gate, and to ActionSender"),
            Map.entry(CLI + "ActionSender", "tells who acted what became of the action: no values"),
            Map.entry("io.vitaltwin.twin.adapter.disclosure.KafkaConsents", "reads the consents for the gate"),
            Map.entry("io.vitaltwin.twin.query.PartitionLog", "hands readings to Histories, which lets each pass the gate that whoever asks brings"),
            Map.entry("io.vitaltwin.twin.query.Histories", "lets each reading and each alert pass the gate that whoever asks brings"),
            Map.entry("io.vitaltwin.twin.replay.ConsentsNow", "reads the consents for a replay"),
            Map.entry("io.vitaltwin.standalone.replay.ReplayStore", "reads what replays were asked, and counts their alerts: no values"),
            Map.entry("io.vitaltwin.schemas.privacy.Privacy", "builds consumers for those who read"),
            Map.entry("io.vitaltwin.schemas.privacy.SealedConsumer", "opens what it reads for those who read"),
            Map.entry("io.vitaltwin.schemas.streams.SealedClients", "gives twin and workflow their own inputs and changelogs"),
            Map.entry(ALERTS + "LogFollower", "hands records to CurrentAlerts and ToldAlerts"),
            Map.entry(ALERTS + "ToldAlerts", "knows who was told of which alert: no values"),
            Map.entry(CLI + "AlertsRead", "hands alert events to DiffCommand, which passes the gate"),
            Map.entry(ALERTS + "CurrentAlerts", "hands alerts to Sender, which asks the gate of the recipient before each message"),
            Map.entry(ALERTS + "ChannelWorker", "hands planned deliveries to Sender, which asks the gate of the recipient before each message"),
            Map.entry(ALERTS + "StepRouter", "writes who is told by which channel back to the same topic: no values"),
            Map.entry(ALERTS + "Deliveries", "builds clients for those three"),
            Map.entry(ALERTS + "ConsoleFeed", "keeps what the console shows in memory; Console asks the gate for each view and each event"),
            Map.entry(CLI + "ConsoleConsents", "reads the consents for ConsoleGate"),
            Map.entry(CLI + "ConsoleRecords", "shows who was shown what, and what was consented to: no values"),
            Map.entry("io.vitaltwin.standalone.erase.Erasing", "counts what is left of a patient who is erased: no values"),
            Map.entry("io.vitaltwin.standalone.erase.TraceReader", "learns what to look for; keeps it in memory as long as the search takes"),
            Map.entry("io.vitaltwin.standalone.erase.TopicSearch", "counts what is left of a patient who is erased: no values"),
            Map.entry("io.vitaltwin.standalone.erase.Application", "asks how far twin and workflow have read"),
            Map.entry(KIT + "demo.Watcher", "counts what simulated patients do"),
            Map.entry(KIT + "demo.Demo", "waits until the twin has read everything: looks at no record"),
            Map.entry(KIT + "kafka.GroupProgress", "asks whether a group has read everything: looks at no record"),
            Map.entry(KIT + "kafka.Clients", "builds clients for benchmarks and the demo"),
            Map.entry(KIT + "proof.WrittenLog", "reads back what invented patients led to, for the checker"),
            Map.entry(KIT + "scenario.KafkaOutputs", "compares outputs of invented patients with what a scenario expects"),
            Map.entry(KIT + "verify.Log", "re-derives alerts and prints alert ids and counts"),
            Map.entry(KIT + "verify.Verification", "re-derives alerts and prints alert ids and counts"));

    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.vitaltwin");

    private static Set<String> readers(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> READERS.contains(outermost(dependency.getTargetClass()))
                                || dependency.getTargetClass().isAssignableTo(Consumer.class)))
                .map(EgressesTest::outermost).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> atTheGate(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> dependency.getTargetClass().isEquivalentTo(DisclosureGate.class)))
                .map(EgressesTest::outermost).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("[$].*", "");
    }

    @Test
    void shouldReadTopicsAtTheGateOrForAReasonThatIsKnown() {
        Set<String> others = new TreeSet<>(readers(PROJECT));
        others.removeAll(atTheGate(PROJECT));
        others.removeAll(WITHOUT_GATE.keySet());
        others.removeIf(name -> name.startsWith(KIT + "bench."));
        assertThat(others).as("classes that read topics and pass no gate").isEmpty();
    }

    @Test
    void shouldNameNobodyWhoReadsNothing() {
        assertThat(readers(PROJECT)).containsAll(WITHOUT_GATE.keySet());
    }

    @Test
    void shouldFindTheCommandsThatShowPatients() {
        assertThat(atTheGate(PROJECT)).contains(CLI + "TailCommand", CLI + "TwinCommand", CLI + "SinkCommand", CLI + "ExportCommand", CLI + "AlertCommand",
                CLI + "WhatIfCommand");
    }

    /** The rule can fail: a class of the fixture reads a topic and shows it to anybody. */
    @Test
    void shouldFindAClassThatReadsATopicPastTheGate() {
        JavaClasses fixture = new ClassFileImporter().importPackages("io.vitaltwin.testbench.architecture.fixture.egress");
        assertThat(readers(fixture)).isNotEmpty();
        assertThat(atTheGate(fixture)).isEmpty();
    }
}
