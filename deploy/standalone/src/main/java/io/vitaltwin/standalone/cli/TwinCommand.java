package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.OpenAlert;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** One patient's twin. */
@Command(name = "twin", mixinStandardHelpOptions = true, description = "The live twin of one patient.", subcommands = TwinCommand.Show.class)
final class TwinCommand {

    @Command(name = "show", mixinStandardHelpOptions = true,
            description = "The newest published snapshot; with --at the twin as it was then, folded anew from the log.")
    static final class Show implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private ViewerOptions viewer = new ViewerOptions();

        @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
        private String patient = "";

        @Option(names = "--at", paramLabel = "TIME",
                description = "As it was then (append time), such as 2026-03-02T08:00:00Z. What the log no longer holds is named in the answer.")
        private @Nullable Instant at;

        @Option(names = "--live-rules", paramLabel = "FILE",
                description = "With --at: the rule set that the twin had. Default: the one that comes with the program.")
        private @Nullable Path liveRules;

        @Override
        public Integer call() {
            Viewer who = viewer.viewer();
            if (at != null) {
                return new RewoundTwin(cluster, who).show(patient, at, liveRules);
            }
            if (liveRules != null) {
                throw CliException.wrongCall("--live-rules is for --at: the newest snapshot is already decided");
            }
            Topic<TwinSnapshot> topic = cluster.topics().twins();
            Decoded<TwinSnapshot> found = newest(topic);
            TwinSnapshot twin = found == null ? null : found.value();
            if (found == null || twin == null) {
                throw CliException.failed("no snapshot of this patient is kept in " + topic.name()
                        + "; check the pseudonym and that the twin runs (./vitaltwin status)");
            }
            requirePermitted(cluster, who, found.item());
            if (cluster.json()) {
                cluster.printJson(RecordText.json(twin));
            } else {
                print(cluster.out(), twin);
            }
            return ExitCodes.DONE;
        }

        private @Nullable Decoded<TwinSnapshot> newest(Topic<TwinSnapshot> topic) {
            try (PatientLog<TwinSnapshot> log = new PatientLog<>(cluster, topic, patient)) {
                AtomicReference<@Nullable Decoded<TwinSnapshot>> newest = new AtomicReference<>();
                log.forEach(newest::set);
                return newest.get();
            }
        }
    }

    /** A snapshot rests on all its vitals, and is shown whole or not at all. @throws CliException when it may not be */
    static void requirePermitted(ClusterOptions cluster, Viewer who, Item<?> item) {
        try (DisclosureGate gate = Gates.open(cluster, Egress.TWIN_SHOW, who, item.patient()::equals)) {
            if (gate.pass(List.of(item)).isEmpty()) {
                throw CliException.failed("withheld: no consent covers showing the twin of this patient for this purpose to this actor; "
                        + cluster.topics().violations().name() + " says which vital and why");
            }
        }
    }

    static void print(PrintWriter out, TwinSnapshot twin) {
        out.println("twin of " + twin.getPatientId() + " as of " + twin.getAppendTime());
        for (TwinVital vital : twin.getVitals()) {
            out.printf("  %-22s %10s %-8s %s  %s %s %s%n", vital.getVital(), vital.getValue() == null ? "--" : vital.getValue(),
                    vital.getUnit(), vital.getEffectiveTime(), vital.getVerdict(), vital.getGrade(), vital.getReasons());
        }
        if (twin.getNews2() != null) {
            out.println("  NEWS2 " + (twin.getNews2().getComplete() ? twin.getNews2().getKnownSum()
                    : twin.getNews2().getKnownSum() + " to " + twin.getNews2().getMaxPossible() + ", missing " + twin.getNews2().getMissing()));
        }
        for (OpenAlert alert : twin.getOpenAlerts()) {
            out.println("  open since " + alert.getEpisodeStart() + ": " + alert.getPriority() + " " + alert.getRule());
        }
        out.println("  readings " + RecordText.json(twin.getFates()) + ", consent version "
                + (twin.getConsentVersion().isEmpty() ? "none" : twin.getConsentVersion()));
    }
}
