package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.standalone.input.InputException;
import io.vitaltwin.standalone.input.InputFile;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.adapter.trial.PatientHistory;
import io.vitaltwin.twin.adapter.trial.VirtualTrial;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.core.rules.RuleSet;
import io.vitaltwin.twin.topology.Changes;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;

/** A virtual trial: the last days of some patients again, under another plan, other rules or other devices. */
@Command(name = "whatif", mixinStandardHelpOptions = true, description = {
        "The last days of a patient again, under another care plan, other rules or other devices: which alerts would have been, how many for the staff,",
        "how late, and what the twin would forecast now. Nothing is changed and nobody is told; who asked is written down."})
final class WhatIfCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ViewerOptions viewer = new ViewerOptions();

    @Parameters(paramLabel = "PATIENT", arity = "0..*", description = "Pseudonyms of the patients.")
    private List<String> patients = List.of();

    @Option(names = "--all", description = "Every patient who has a care plan.")
    private boolean all;

    @Option(names = "--plan", paramLabel = "FILE", description = "A care plan as for 'patient apply'. One plan alone is for everybody who is asked about.")
    private @Nullable Path plan;

    @Option(names = "--rules", paramLabel = "FILE", description = "A rule set; './vitaltwin rules check FILE' says whether it can be used.")
    private @Nullable Path rules;

    @Option(names = "--live-rules", paramLabel = "FILE", description = "The rule set that the running twin has. Default: the one that comes with the program.")
    private @Nullable Path liveRules;

    @Option(names = "--grade", paramLabel = "DEVICE=GRADE", description = "As if the device were of this grade: CLINICAL, MEDICAL_HOME, CONSUMER or UNKNOWN.")
    private Map<String, DeviceGrade> grades = Map.of();

    @Option(names = "--without", paramLabel = "DEVICE", description = "As if the device had not been there.")
    private List<String> without = List.of();

    @Option(names = "--last", paramLabel = "SPAN", defaultValue = "7d", converter = Spans.DurationText.class, description = "Since when the changes hold, back from the end of the log. Default: ${DEFAULT-VALUE}.")
    private Duration last = Duration.ofDays(7);

    @Override
    public Integer call() {
        Viewer who = viewer.viewer();
        Map<String, PatientContext> plans = checkedPlans();
        Optional<RuleSet> others = rules == null ? Optional.empty() : Optional.of(Histories.rules(rules));
        VirtualTrial trial = new VirtualTrial(Histories.settings(cluster, liveRules));
        SortedMap<String, PatientHistory> histories = Histories.read(cluster, all ? List.of() : List.copyOf(new LinkedHashSet<>(patients)));
        List<Item<WhatIfAnswer>> answers = new ArrayList<>();
        for (Map.Entry<String, PatientHistory> one : histories.entrySet()) {
            if (one.getValue().records().isEmpty()) {
                throw CliException.failed("the log holds nothing about one of these patients; check the pseudonyms and --prefix");
            }
            answers.add(answer(trial, one.getKey(), one.getValue(), new Changes(plan(plans, one.getKey()), others, grades, Set.copyOf(without))));
        }
        if (answers.isEmpty()) {
            throw CliException.failed("nobody has a care plan in " + cluster.topics().patients().name());
        }
        return show(answers, histories.keySet(), who);
    }

    /** Measures the fold alone: reading the log is up to the cluster. */
    private Item<WhatIfAnswer> answer(VirtualTrial trial, String patient, PatientHistory history, Changes changes) {
        long begin = System.nanoTime();
        Instant from = history.until().minus(last);
        VirtualTrial.Result result = trial.run(history, from, changes);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        List<SpecificRecord> rests = new ArrayList<>(result.events());
        result.now().ifPresent(rests::add);
        result.then().ifPresent(rests::add);
        rests.forEach(cluster.privacy()::show);
        return new Item<>(patient, history.until().toEpochMilli(), Offers.together(patient, rests, history.until()), new WhatIfAnswer(patient, result, took));
    }

    private int show(List<Item<WhatIfAnswer>> answers, Set<String> asked, Viewer who) {
        try (DisclosureGate gate = Gates.open(cluster, Egress.WHAT_IF, who, asked::contains)) {
            List<WhatIfAnswer> permitted = gate.pass(answers);
            if (permitted.isEmpty()) {
                throw CliException.failed("withheld: no consent covers showing this for this purpose to this actor; "
                        + cluster.topics().violations().name() + " says which vital and why");
            }
            if (cluster.json()) {
                permitted.forEach(answer -> cluster.printJson(WhatIfJson.of(answer)));
            } else {
                permitted.forEach(answer -> WhatIfText.print(cluster.out(), answer));
                if (answers.size() > 1) {
                    WhatIfText.printTogether(cluster.out(), permitted);
                }
            }
            Gates.tellWithheld(cluster, gate.withheld());
            return ExitCodes.DONE;
        }
    }

    private Map<String, PatientContext> checkedPlans() {
        if (all == !patients.isEmpty()) {
            throw CliException.wrongCall(all ? "--all or patients, not both" : "name one patient or more, or --all");
        }
        if (plan == null && rules == null && grades.isEmpty() && without.isEmpty()) {
            throw CliException.wrongCall("nothing is to be different: give --plan, --rules, --grade or --without");
        }
        if (last.isZero()) {
            throw CliException.wrongCall("--last must be longer than zero");
        }
        return plan == null ? Map.of() : plans(plan);
    }

    private static Map<String, PatientContext> plans(Path file) {
        try {
            Map<String, PatientContext> plans = new java.util.LinkedHashMap<>();
            InputFile.read(file, InputFile.Kind.PATIENTS, InstantSource.system().instant()).patients().forEach(one -> plans.put(one.getPatientId(), one));
            if (plans.isEmpty()) {
                throw CliException.wrongCall(file + " holds no patients; list them under 'patients:'");
            }
            return plans;
        } catch (InputException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<PatientContext> plan(Map<String, PatientContext> plans, String patient) {
        if (plans.isEmpty()) {
            return Optional.empty();
        }
        PatientContext own = plans.size() == 1 ? plans.values().iterator().next() : plans.get(patient);
        if (own == null) {
            throw CliException.wrongCall(plan + " holds several plans and none for one of the patients who are asked about; add it, or give one plan for all");
        }
        return Optional.of(own);
    }
}
