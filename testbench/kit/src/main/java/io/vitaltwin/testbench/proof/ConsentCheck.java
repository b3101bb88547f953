package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.OpenAlert;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds what was written about one patient against what reached the broker: nothing was used, shown or told that no consent covered, and what was
 * refused was rightly refused. Reads inputs and outputs only.
 *
 * <p>Whether a reading is refused is decided when it is taken. That is its append time, unless an earlier batch of its device is missing: then it may
 * be up to five minutes later (CLINICAL.md section 9, S24), and both answers are right.
 *
 * @see "CLINICAL.md section 8.3"
 */
final class ConsentCheck {

    /** Timers look one second back; the reference allows five from a change to its enforcement: 8.3.5. */
    private static final long SLACK_MILLIS = 1_000;
    /** A violation is told at once, or with the others of its minute and the next: 8.3.9; a tick comes every half minute. */
    private static final long TOLD_WITHIN_MILLIS = 152_000;

    private final ProofStory story;
    private final List<Told> told;
    private final Expected expected;
    /** By alert: the evidence of its events. */
    private final Map<String, List<Evidence>> restsOn = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private PlainConsent known = new PlainConsent();
    private int knownPlace = -1;

    private ConsentCheck(ProofStory story, List<Told> told) {
        this.story = story;
        this.told = told;
        this.expected = Expected.of(story);
    }

    /** What is wrong, in the order of the outputs; empty when all is well. Names no value. */
    static List<String> problems(ProofStory story, List<Told> told) {
        ConsentCheck check = new ConsentCheck(story, told);
        check.fates();
        check.refusals();
        told.forEach(check::cover);
        return check.problems;
    }

    /** Every reading has one fate; as many were refused as the violations count. */
    private void fates() {
        Fates fates = told.stream().filter(one -> one.value() instanceof TwinSnapshot).map(one -> ((TwinSnapshot) one.value()).getFates())
                .reduce((first, second) -> second).orElse(new Fates());
        long sum = fates.getApplied() + fates.getDuplicate() + fates.getLate() + fates.getRefused() + fates.getDead();
        expect(sum == story.readings(), story.readings() + " readings came in, " + sum + " have a fate: " + fates);
        long counted = violations().stream().mapToLong(ConsentViolation::getCount).sum();
        expect(counted == fates.getRefused(), fates.getRefused() + " readings were refused, the violations count " + counted);
        long refused = expected.certain();
        expect(fates.getRefused() >= refused && fates.getRefused() <= refused + expected.possible(),
                fates.getRefused() + " readings were refused, consent refuses " + refused + (expected.possible() == 0 ? "" : " to " + (refused + expected.possible())));
    }

    private List<ConsentViolation> violations() {
        return told.stream().filter(one -> one.value() instanceof ConsentViolation).map(one -> (ConsentViolation) one.value())
                .filter(violation -> violation.getStage() == ViolationStage.COLLECT).toList();
    }

    /** For each device, vital and reason the violations count as many as consent refuses; each names readings that came in its time. */
    private void refusals() {
        Map<String, Map<ViolationReason, Long>> counts = new HashMap<>();
        for (ConsentViolation violation : violations()) {
            String stream = violation.getDeviceHash() + ' ' + violation.getVital();
            counts.computeIfAbsent(stream, none -> new HashMap<>()).merge(violation.getReason(), violation.getCount(), Long::sum);
            long fitting = expected.fitting(stream, violation.getReason(), violation.getFirstTime(), violation.getLastTime());
            expect(fitting >= violation.getCount(), violation.getCount() + " readings of " + violation.getVital() + " refused as "
                    + violation.getReason() + " at " + violation.getFirstTime() + ", " + fitting + " may be");
        }
        TreeSet<String> streams = new TreeSet<>(counts.keySet());
        streams.addAll(expected.streams());
        for (String stream : streams) {
            for (ViolationReason reason : ViolationReason.values()) {
                long count = counts.getOrDefault(stream, Map.of()).getOrDefault(reason, 0L);
                long least = expected.least(stream, reason);
                long most = expected.most(stream, reason);
                expect(count >= least && count <= most, "stream " + stream + " refused as " + reason + ": " + count + ", expected " + least + " to " + most);
            }
        }
    }

    private void cover(Told one) {
        expect(story.patient().equals(patientOf(one)), "a " + one.value().getClass().getSimpleName() + " names another patient than its key");
        expect(one.place() > 0, "a " + one.value().getClass().getSimpleName() + " was written before anything of the patient had come");
        switch (one.value()) {
            case AlertEvent alert -> alert(one, alert);
            case TwinSnapshot twin -> snapshot(one, twin);
            case QualityFlag flag -> {
                covered(one, "a quality flag", flag.getVital(), flag.getEffectiveTime());
                Instant until = flag.getUntilTime();
                if (until != null) {
                    covered(one, "a quality flag", flag.getVital(), until);
                }
            }
            case Disclosure disclosure -> disclosure.getVitals().forEach(vital ->
                    expect(covers(one, vital, "DISCLOSE", disclosure.getTime()), "a disclosure of " + vital + " at " + disclosure.getTime() + " without cover"));
            case ConsentViolation violation -> {
                expect(violation.getConsentVersion().isEmpty() || at(one.place()).labels().contains(violation.getConsentVersion()),
                        "a violation names the consent " + violation.getConsentVersion() + ", which was not known");
                long waited = one.timeMillis() - violation.getFirstTime().toEpochMilli();
                if (violation.getStage() == ViolationStage.USE) {
                    long used = expected.sent(violation.getDeviceHash() + ' ' + violation.getVital(), violation.getFirstTime(), violation.getLastTime());
                    expect(violation.getReason() == ViolationReason.RETROACTIVE && violation.getCount() <= used, violation.getCount() + " readings of "
                            + violation.getVital() + " used before consent forbade it (" + violation.getReason() + "), " + used + " were sent then");
                }
                expect(violation.getStage() != ViolationStage.COLLECT || waited <= TOLD_WITHIN_MILLIS, "a violation was told after " + waited + " ms");
            }
            default -> throw new IllegalStateException("nothing is known of a " + one.value().getClass().getSimpleName());
        }
    }

    private static String patientOf(Told one) {
        return switch (one.value()) {
            case AlertEvent alert -> alert.getPatientId();
            case TwinSnapshot twin -> twin.getPatientId();
            case QualityFlag flag -> flag.getPatientId();
            case Disclosure disclosure -> disclosure.getPatientId();
            case ConsentViolation violation -> violation.getPatientId();
            default -> throw new IllegalStateException("nothing is known of a " + one.value().getClass().getSimpleName());
        };
    }

    private void alert(Told one, AlertEvent alert) {
        for (Evidence evidence : alert.getEvidence()) {
            if (!evidence.getVital().isEmpty()) {
                restsOn.computeIfAbsent(alert.getAlertId(), none -> new ArrayList<>()).add(evidence);
                covered(one, alert.getEvent() + " of " + alert.getRule(), evidence.getVital(), evidence.getEffectiveTime());
            }
        }
    }

    private void snapshot(Told one, TwinSnapshot twin) {
        for (TwinVital vital : twin.getVitals()) {
            covered(one, "a snapshot", vital.getVital(), vital.getEffectiveTime());
        }
        for (OpenAlert open : twin.getOpenAlerts()) {
            List<Evidence> evidence = restsOn.getOrDefault(open.getAlertId(), List.of());
            expect(evidence.isEmpty() || evidence.stream().anyMatch(proof -> covers(one, proof.getVital(), "USE", proof.getEffectiveTime())),
                    "a snapshot at " + Instant.ofEpochMilli(one.timeMillis()) + " holds " + open.getRule() + " open, and none of its evidence is covered");
        }
    }

    private void covered(Told one, String what, String vital, Instant effective) {
        expect(covers(one, vital, "USE", effective), what + " at " + Instant.ofEpochMilli(one.timeMillis()) + " rests on " + vital + " of " + effective
                + ": " + at(placeOf(one)).refusal(vital, "USE", effective.toEpochMilli(), one.timeMillis()));
    }

    private boolean covers(Told one, String vital, String action, Instant effective) {
        PlainConsent consent = at(placeOf(one));
        long millis = effective.toEpochMilli();
        return consent.covers(vital, action, millis, one.timeMillis()) || consent.covers(vital, action, millis, one.timeMillis() - SLACK_MILLIS);
    }

    /** What a timer wrote was written before the record that moved time was taken. */
    private int placeOf(Told one) {
        if (one.place() == 0) {
            return 0;
        }
        Entry last = story.entries().get(one.place() - 1);
        return one.timeMillis() < last.appendMillis() ? one.place() - 1 : one.place();
    }

    /** What is known of consent when so many records are taken. */
    private PlainConsent at(int place) {
        if (place != knownPlace) {
            known = new PlainConsent();
            for (Entry entry : story.entries().subList(0, place)) {
                if (entry.arrival() instanceof Arrival.Consent consent) {
                    known.take(consent.consent(), entry.appendMillis());
                }
            }
            knownPlace = place;
        }
        return known;
    }

    private void expect(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
