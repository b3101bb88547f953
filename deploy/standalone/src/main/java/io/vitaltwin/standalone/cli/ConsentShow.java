package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.Decision;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.topology.ConsentRecords;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** What the log says about one patient's consent, and what follows from it now. */
@Command(name = "show", mixinStandardHelpOptions = true,
        description = "The versions of a patient's consents, and what is permitted for each vital and purpose, or why not.")
final class ConsentShow implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
    private String patient = "";

    @Option(names = "--at", paramLabel = "TIME", description = "As it was then, such as 2026-03-02T08:00:00Z. Default: now.")
    private @Nullable Instant at;

    @Option(names = "--actor", paramLabel = "ID", defaultValue = "vitaltwin", description = "Who would do it. Default: ${DEFAULT-VALUE}.")
    private String actor = "vitaltwin";

    @Option(names = "--purpose", paramLabel = "CODE", arity = "1..*", split = ",",
            description = "v3 ActReason codes. Default: TREAT, and all that the consents name.")
    private @Nullable List<String> purposes;

    /** One question with its answer. */
    private record Answer(String vital, String purpose, Stage stage, Decision decision) {

        String text() {
            return switch (decision) {
                case Decision.Permitted permitted -> "permitted by " + permitted.consentVersion();
                case Decision.Denied denied -> denied.reason() + (denied.consentVersion().isEmpty() ? "" : " by " + denied.consentVersion());
            };
        }
    }

    @Override
    public Integer call() {
        ConsentLog log = ConsentLog.read(cluster, patient);
        if (log.versions().isEmpty()) {
            throw CliException.failed("no consent of this patient is in " + cluster.topics().consents().name()
                    + ", so nothing is permitted; check the pseudonym, or write one with ./vitaltwin consent apply FILE");
        }
        Instant now = at != null ? at : latest(InstantSource.system().instant(), log.newestAppend());
        ConsentTimeline timeline = log.timeline();
        List<Answer> answers = answers(log, timeline, now.toEpochMilli());
        if (cluster.json()) {
            log.versions().forEach(version -> cluster.printJson(json(version)));
            answers.forEach(answer -> cluster.printJson(json(answer)));
        } else {
            print(log, timeline, answers, now);
        }
        return ExitCodes.DONE;
    }

    /** The clock of the broker may be ahead of ours: what it has just taken is known. */
    private static Instant latest(Instant now, Optional<Instant> append) {
        return append.filter(now::isBefore).orElse(now);
    }

    private List<Answer> answers(ConsentLog log, ConsentTimeline timeline, long nowMillis) {
        List<Answer> answers = new ArrayList<>();
        for (String purpose : purposes(log)) {
            for (String vital : vitals(log)) {
                for (Stage stage : Stage.values()) {
                    answers.add(new Answer(vital, purpose, stage, timeline.decide(vital, purpose, actor, stage, nowMillis, nowMillis)));
                }
            }
        }
        return answers;
    }

    private SequencedSet<String> purposes(ConsentLog log) {
        if (purposes != null) {
            return new LinkedHashSet<>(purposes);
        }
        SequencedSet<String> named = new LinkedHashSet<>(List.of("TREAT"));
        named.addAll(new TreeSet<>(provisions(log).flatMap(provision -> provision.getPurposes().stream()).toList()));
        return named;
    }

    /** Those that the twin knows, then those that only consents name. */
    private static SequencedSet<String> vitals(ConsentLog log) {
        SequencedSet<String> vitals = new LinkedHashSet<>(Stream.of(Vital.values()).map(Vital::id).toList());
        provisions(log).forEach(provision -> vitals.addAll(provision.getVitals()));
        return vitals;
    }

    private static Stream<Provision> provisions(ConsentLog log) {
        return log.versions().stream().flatMap(version -> version.consent().getProvisions().stream());
    }

    private static ObjectNode json(ConsentLog.Version version) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("append", version.append().toString());
        line.set("consent", RecordText.json(version.consent()));
        line.put("fault", parsed(version).fault().orElse(null));
        return line;
    }

    private static ObjectNode json(Answer answer) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("vital", answer.vital());
        line.put("purpose", answer.purpose());
        line.put("stage", answer.stage().name());
        line.put("permitted", answer.decision().isPermitted());
        line.put("reason", answer.decision() instanceof Decision.Denied denied ? denied.reason().name() : null);
        line.put("consentVersion", answer.decision().consentVersion());
        return line;
    }

    private static ConsentVersion parsed(ConsentLog.Version version) {
        return ConsentRecords.version(version.consent(), version.append().toEpochMilli());
    }

    private void print(ConsentLog log, ConsentTimeline timeline, List<Answer> answers, Instant now) {
        PrintWriter out = cluster.out();
        out.println("consents of " + patient + " as of " + now + ", for " + actor);
        for (ConsentLog.Version version : log.versions()) {
            ConsentRecord consent = version.consent();
            out.println("  known " + version.append() + "  " + consent.getConsentId() + "/" + consent.getVersionId() + "  "
                    + (consent.getEmergency() == null ? consent.getStatus() + ", rules " + consent.getProvisions().size() : "broken glass"));
            parsed(version).fault().ifPresent(fault -> out.println("    permits nothing: " + fault));
        }
        timeline.emergencyAt(now.toEpochMilli()).ifPresent(glass -> out.println("  the glass is broken until " + Instant.ofEpochMilli(
                glass.knownAtMillis() + io.vitaltwin.twin.core.consent.Emergency.HOLDS_MILLIS) + " by " + glass.label()));
        byAnswer(answers).forEach((answer, vitals) -> {
            out.println("  " + answer);
            out.println("      " + String.join(" ", vitals));
        });
    }

    /** Vitals with the same answers for a purpose are told together. */
    private static Map<String, List<String>> byAnswer(List<Answer> answers) {
        Map<List<String>, Map<String, List<String>>> stages = new LinkedHashMap<>();
        for (Answer answer : answers) {
            stages.computeIfAbsent(List.of(answer.purpose(), answer.vital()), key -> new LinkedHashMap<>())
                    .computeIfAbsent(answer.text(), text -> new ArrayList<>()).add(answer.stage().name());
        }
        Map<String, List<String>> vitals = new LinkedHashMap<>();
        stages.forEach((key, texts) -> {
            String line = key.getFirst() + ": " + String.join("; ", texts.entrySet().stream()
                    .map(text -> String.join(" ", text.getValue()) + " " + text.getKey()).toList());
            vitals.computeIfAbsent(line, same -> new ArrayList<>()).add(key.getLast());
        });
        return vitals;
    }
}
