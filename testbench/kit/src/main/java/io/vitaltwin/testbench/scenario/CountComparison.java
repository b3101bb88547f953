package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.testbench.scenario.Expectations.Fate;
import io.vitaltwin.testbench.scenario.Expectations.Violations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Violations, disclosures and fates: whatever is counted. */
final class CountComparison {

    private final Scenario scenario;
    private final Observed observed;
    private final int sent;

    CountComparison(ScenarioPlan plan, Observed observed) {
        this.scenario = plan.scenario();
        this.observed = observed;
        this.sent = plan.sent().size();
    }

    List<String> differences() {
        List<String> differences = new ArrayList<>(violations());
        differences.addAll(disclosed());
        differences.addAll(fates());
        return differences;
    }

    private List<String> violations() {
        List<String> differences = new ArrayList<>();
        Set<ConsentViolation> listed = new HashSet<>();
        for (Violations expected : scenario.expect().violations()) {
            List<ConsentViolation> fitting = observed.violations().stream().filter(violation -> fits(expected, violation)).toList();
            listed.addAll(fitting);
            long came = fitting.stream().mapToLong(ConsentViolation::getCount).sum();
            if (!expected.count().holds(came)) {
                differences.add("violations " + expected.reason() + expected.vital().map(vital -> " of " + vital).orElse("") + " (line "
                        + expected.line() + "): expected " + expected.count() + ", came " + came + window(fitting));
            }
        }
        Map<String, List<ConsentViolation>> others = new TreeMap<>();
        observed.violations().stream()
                .filter(violation -> !listed.contains(violation) && violation.getStage() != ViolationStage.DISCLOSE)
                .forEach(violation -> others.computeIfAbsent(violation.getReason() + " of " + violation.getVital() + " of "
                        + violation.getPatientId(), k -> new ArrayList<>()).add(violation));
        others.forEach((what, records) -> differences.add("violations " + what + ": expected none, came "
                + records.stream().mapToLong(ConsentViolation::getCount).sum() + window(records)));
        return differences;
    }

    private static boolean fits(Violations expected, ConsentViolation violation) {
        return expected.reason() == violation.getReason()
                && expected.vital().map(vital -> vital.equals(violation.getVital())).orElse(true)
                && expected.patient().map(patient -> patient.equals(violation.getPatientId())).orElse(true)
                && expected.stage().map(stage -> stage == violation.getStage())
                        .orElse(violation.getStage() != ViolationStage.DISCLOSE);
    }

    private String window(List<ConsentViolation> records) {
        return records.stream().map(ConsentViolation::getFirstTime).min(Comparator.naturalOrder())
                .map(first -> " (the first arrived " + Offsets.show(scenario.start(), first) + ")").orElse("");
    }

    private List<String> disclosed() {
        List<String> differences = new ArrayList<>();
        scenario.expect().disclosed().forEach((sink, range) -> {
            long came = observed.disclosures().stream().filter(disclosure -> disclosure.getActor().equals(sink))
                    .mapToLong(Disclosure::getCount).sum();
            if (!range.holds(came)) {
                differences.add("disclosed to " + sink + ": expected " + range + ", came " + came);
            }
        });
        return differences;
    }

    private List<String> fates() {
        List<String> differences = new ArrayList<>();
        Map<Fate, Long> fates = sum(observed);
        long sum = fates.values().stream().mapToLong(Long::longValue).sum();
        if (sum != sent) {
            differences.add("fates: expected to add up to the " + sent + " readings sent, came " + sum + " " + fates);
        }
        scenario.expect().fates().forEach((fate, range) -> {
            long came = fates.getOrDefault(fate, 0L);
            if (!range.holds(came)) {
                differences.add("fate " + fate + ": expected " + range + ", came " + came);
            }
        });
        return differences;
    }

    /** From the newest snapshot of each patient; dead letters also from their own topic, whichever knows of more. */
    private static Map<Fate, Long> sum(Observed observed) {
        Map<String, TwinSnapshot> newest = new HashMap<>();
        observed.twins().forEach(twin -> newest.put(twin.getPatientId(), twin));
        Map<Fate, Long> sums = new EnumMap<>(Fate.class);
        for (Fate fate : Fate.values()) {
            sums.put(fate, newest.values().stream().map(TwinSnapshot::getFates).mapToLong(fates -> of(fate, fates)).sum());
        }
        sums.merge(Fate.DEAD, (long) observed.deadLetters().size(), Math::max);
        return sums;
    }

    private static long of(Fate fate, Fates fates) {
        return switch (fate) {
            case APPLIED -> fates.getApplied();
            case DUPLICATE -> fates.getDuplicate();
            case LATE -> fates.getLate();
            case REFUSED -> fates.getRefused();
            case DEAD -> fates.getDead();
        };
    }
}
