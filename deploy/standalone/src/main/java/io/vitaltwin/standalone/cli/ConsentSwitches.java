package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.twin.core.Vital;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What patients switch off without withdrawing: vitals, and what they do not want to know. */
final class ConsentSwitches {

    private static final String SWITCHES = "switches";
    private static final String OPT_OUTS = "opt-outs";

    private ConsentSwitches() {
    }

    @Command(name = "switch", mixinStandardHelpOptions = true,
            description = "Switches vitals off, or on again; monitoring goes on with the others. Kept as a consent of its own, '" + SWITCHES + "'.")
    static final class Switch implements Callable<Integer> {

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
        private String patient = "";

        @ArgGroup(multiplicity = "1", exclusive = false)
        private Vitals vitals = new Vitals();

        static final class Vitals {

            @Option(names = "--off", paramLabel = "VITAL", arity = "1..*", split = ",", description = "Not collected, used or shown any more.")
            private @Nullable List<String> off;

            @Option(names = "--on", paramLabel = "VITAL", arity = "1..*", split = ",",
                    description = "As the other consents say. What was measured while it was off stays unused.")
            private @Nullable List<String> on;
        }

        @Override
        public Integer call() {
            List<String> off = known(vitals.off);
            List<String> on = known(vitals.on);
            off.stream().filter(on::contains).findFirst().ifPresent(both -> {
                throw CliException.wrongCall(both + " is both in --off and in --on; name it once");
            });
            Denials denials = Denials.of(ConsentLog.read(cluster, patient).newest(SWITCHES));
            denials = off.isEmpty() ? denials : denials.with("", off);
            denials = on.isEmpty() ? denials : denials.without("", on);
            return write(cluster, denials.version(patient, SWITCHES, InstantSource.system().instant()));
        }
    }

    @Command(name = "opt-out", mixinStandardHelpOptions = true,
            description = "The right not to know: no outputs about what may come, or none that nobody asked for. The vitals themselves stay in use. Kept"
                    + " as a consent of its own, '" + OPT_OUTS + "'.")
    static final class OptOut implements Callable<Integer> {

        /** Outputs that a patient may not want. */
        enum Output { predictive, screening }

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
        private String patient = "";

        @Option(names = "--of", paramLabel = "OUTPUTS", required = true, description = "${COMPLETION-CANDIDATES}")
        private Output output = Output.predictive;

        @Option(names = "--vital", paramLabel = "VITAL", arity = "1..*", split = ",", description = "Only of these. Default: of all.")
        private @Nullable List<String> vitals;

        @Option(names = "--undo", description = "The patient wants to know again.")
        private boolean undo;

        @Override
        public Integer call() {
            List<String> named = known(vitals);
            String action = output == Output.predictive ? "PREDICT" : "SCREEN";
            Denials before = Denials.of(ConsentLog.read(cluster, patient).newest(OPT_OUTS));
            Denials denials = undo ? before.without(action, named) : before.with(action, named);
            return write(cluster, denials.version(patient, OPT_OUTS, InstantSource.system().instant()));
        }
    }

    /** A misspelt vital would stay on. */
    private static List<String> known(@Nullable List<String> vitals) {
        List<String> named = Optional.ofNullable(vitals).orElse(List.of());
        named.stream().filter(vital -> Vital.of(vital).isEmpty()).findFirst().ifPresent(unknown -> {
            throw CliException.wrongCall("no vital is called '" + unknown + "'; one of "
                    + String.join(", ", List.of(Vital.values()).stream().map(Vital::id).toList()));
        });
        return named;
    }

    private static int write(ClusterOptions cluster, ConsentRecord version) {
        RecordWriter.write(cluster, cluster.topics().consents(), List.of(version), ConsentRecord::getPatientId);
        return ExitCodes.DONE;
    }
}
