package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.standalone.replay.AlertFacts;
import io.vitaltwin.standalone.replay.Compared;
import io.vitaltwin.standalone.replay.DiffHtml;
import io.vitaltwin.standalone.replay.ReplayFailed;
import io.vitaltwin.standalone.replay.ReplayRecord;
import io.vitaltwin.standalone.replay.ReplayRequest;
import io.vitaltwin.standalone.replay.ReplayStore;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.core.diff.AlertDiff;
import io.vitaltwin.twin.core.disclosure.Egress;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What two runs raised, compared. */
@Command(name = "diff", mixinStandardHelpOptions = true,
        description = {"Compares the alerts of two replays, or of a replay with what was really raised (live): added, removed, moved, another priority, other words.",
            "What no consent covers is left out on both sides and counted; what is shown is written to the patients' logs of disclosures.",
            "Exit 0: the same. 1: different, or it cannot be done. 2: wrong call."})
final class DiffCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ViewerOptions viewer = new ViewerOptions();

    @Parameters(index = "0", paramLabel = "BEFORE", description = "Name of a replay, or live.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "Name of a replay, or live.")
    private String after = "";

    @Option(names = "--patient", paramLabel = "PATIENT", description = "This patient only. May be given several times. Default: all.")
    private List<String> patients = List.of();

    @Option(names = "--moved-within", paramLabel = "DURATION",
            description = "Episodes whose starts are further apart are two and not one that moved. Default: 1h; project default, no source.")
    private Duration movedWithin = Duration.ofHours(1);

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a report with charts, complete in itself. Holds what patients' alerts say: keep it so.")
    private @Nullable Path html;

    @Override
    public Integer call() {
        if (before.equals(after)) {
            throw CliException.wrongCall("there are two names to compare, found " + before + " twice");
        }
        try (Admin admin = cluster.admin()) {
            ReplayStore store = new ReplayStore(admin, cluster.topics(), cluster.writerProperties(), cluster.readerProperties());
            List<ReplayRecord> replays = List.of(before, after).stream().filter(name -> !name.equals(ReplayRequest.LIVE)).map(name -> finished(store, name)).toList();
            Compared compared = compare(Compared.Range.of(replays));
            write(compared);
            new DiffText(cluster, compared).print();
            return compared.diff().isEqual() ? ExitCodes.DONE : ExitCodes.FAILED;
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        } catch (ReplayFailed | KafkaException e) {
            throw CliException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    private static ReplayRecord finished(ReplayStore store, String name) {
        ReplayRequest.checkName(name);
        ReplayRecord record = store.find(name).orElseThrow(() -> CliException.failed("there is no replay " + name + "; './vitaltwin replay list' shows all"));
        if (record.state() != ReplayRecord.State.FINISHED) {
            throw CliException.failed("the replay " + name + " is not finished; give its command again first");
        }
        return record;
    }

    private Compared compare(Compared.Range range) {
        SortedSet<String> chosen = chosen(range);
        Predicate<String> wanted = chosen.isEmpty() ? patient -> true : patient -> chosen.contains(cluster.privacy().onTopics(patient));
        Map<Boolean, List<Decoded<AlertEvent>>> sides = Map.of(true, read(before, range, wanted), false, read(after, range, wanted));
        try (DisclosureGate gate = Gates.open(cluster, Egress.DIFF, viewer.viewer(), wanted)) {
            AlertDiff diff = AlertDiff.of(passed(gate, sides.getOrDefault(true, List.of())), passed(gate, sides.getOrDefault(false, List.of())), movedWithin.toMillis());
            Gates.tellWithheld(cluster, gate.withheld());
            long people = chosen.isEmpty() ? range.carePlans() : chosen.size();
            return new Compared(before, after, range, people, gate.withheld(), diff);
        }
    }

    /** A replay of some patients is only compared for them; which they are is kept nowhere. */
    private SortedSet<String> chosen(Compared.Range range) {
        SortedSet<String> chosen = patients.stream().map(cluster.privacy()::onTopics).collect(Collectors.toCollection(TreeSet::new));
        range.requirePatients(chosen);
        return chosen;
    }

    private List<Decoded<AlertEvent>> read(String name, Compared.Range range, Predicate<String> wanted) {
        var topic = name.equals(ReplayRequest.LIVE) ? cluster.topics().alerts() : cluster.topics().shadow(name).alerts();
        return AlertsRead.read(cluster, topic, range.from(), range.to(), wanted);
    }

    private static List<io.vitaltwin.twin.core.diff.AlertFact> passed(DisclosureGate gate, List<Decoded<AlertEvent>> events) {
        return gate.pass(events.stream().map(Decoded::item).toList()).stream()
                .flatMap(one -> Optional.ofNullable(one.value()).map(event -> AlertFacts.of(one.key() == null ? "" : one.key(), event)).stream()).toList();
    }

    private void write(Compared compared) {
        if (html == null) {
            return;
        }
        try {
            Files.writeString(html, new DiffHtml(compared).page());
        } catch (IOException e) {
            throw CliException.failed("the report cannot be written to " + html + ": " + e.getMessage() + "; check --html", e);
        }
    }
}
