package io.vitaltwin.twin.topology;

import io.vitaltwin.twin.core.Lane;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.consent.Decision;
import io.vitaltwin.twin.core.consent.Stage;
import io.vitaltwin.twin.core.consent.ViolationReason;
import io.vitaltwin.twin.core.rules.EmergencyRule;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.state.Episode;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What consent and care plan still cover when one of them, or the time, has changed: told to the next steps, which forget the rest. Asked once for
 * such a change, never for a reading.
 */
final class CoveredVitals {

    private static final Vital[] VITALS = Vital.values();

    private CoveredVitals() {
    }

    static void tell(Visit visit, boolean planChanged, Outbox outbox) {
        Set<Vital> covered = EnumSet.noneOf(Vital.class);
        OptionalLong broken = BrokenGlass.end(visit, outbox);
        String endReason = "CONSENT_CHANGED";
        for (Vital vital : VITALS) {
            if (!visit.plan.collects(vital)) {
                continue;
            }
            switch (visit.consents.decide(vital.id(), Admission.PURPOSE, Admission.ACTOR, Stage.USE, visit.nowMillis, visit.nowMillis)) {
                case Decision.Permitted permitted -> covered.add(vital);
                case Decision.Denied denied when denied.reason() == ViolationReason.WITHDRAWN -> endReason = "CONSENT_WITHDRAWN";
                case Decision.Denied denied when denied.reason() == ViolationReason.EXPIRED -> endReason = "CONSENT_EXPIRED";
                case Decision.Denied denied -> { }
            }
        }
        if (broken.isPresent()) {
            forgetSince(broken.getAsLong(), visit, covered, outbox);
        }
        forgetOutdated(visit, covered, planChanged ? "PLAN_CHANGED" : endReason, outbox);
        visit.twin.consent().optOut(unwanted(visit, covered, Stage.PREDICT), unwanted(visit, covered, Stage.SCREEN));
        outbox.next(new Step.Covered(visit, covered, planChanged, planChanged ? "PLAN_CHANGED" : broken.isPresent() ? EmergencyRule.END_REASON : endReason));
    }

    /** A broken glass is over: what was taken under it and is covered by no consent goes, also where consent holds again. */
    private static void forgetSince(long sinceMillis, Visit visit, Set<Vital> covered, Outbox outbox) {
        Set<Vital> consented = EnumSet.noneOf(Vital.class);
        for (Vital vital : covered) {
            if (isUsable(visit, vital, sinceMillis)) {
                consented.add(vital);
            }
        }
        if (!consented.equals(covered)) {
            outbox.next(new Step.Covered(visit, consented, true, EmergencyRule.END_REASON));
        }
    }

    /** Vitals that may be used, but not for this. */
    private static Set<Vital> unwanted(Visit visit, Set<Vital> covered, Stage part) {
        Set<Vital> unwanted = EnumSet.noneOf(Vital.class);
        for (Vital vital : covered) {
            if (!visit.consents.decide(vital.id(), Admission.PURPOSE, Admission.ACTOR, part, visit.nowMillis, visit.nowMillis).isPermitted()) {
                unwanted.add(vital);
            }
        }
        return unwanted;
    }

    /** What may be measured from now on may be kept only if it was measured at a time that consent covers too: the data period. */
    private static void forgetOutdated(Visit visit, Set<Vital> covered, String endReason, Outbox outbox) {
        OptionalLong since = visit.twin.episodes().stream()
                .filter(episode -> episode.family().lane() == Lane.PHYSIOLOGICAL && episode.family() != Family.SYMPTOM_REPORT)
                .mapToLong(Episode::startMillis).min();
        Set<Vital> kept = EnumSet.copyOf(covered);
        for (StreamState stream : visit.twin.streams()) {
            Vital vital = stream.vital();
            boolean outdated = since.isPresent() && !isUsable(visit, vital, since.getAsLong())
                    || stream.memory().recentCount() > 0 && !isUsable(visit, vital, stream.memory().recentMillis(0))
                    || stream.latest().filter(point -> !isUsable(visit, vital, point.effectiveMillis())).isPresent();
            if (outdated) {
                kept.remove(vital);
            }
        }
        if (!kept.equals(covered)) {
            outbox.next(new Step.Covered(visit, kept, true, endReason));
        }
    }

    private static boolean isUsable(Visit visit, Vital vital, long effectiveMillis) {
        return visit.consents.decide(vital.id(), Admission.PURPOSE, Admission.ACTOR, Stage.USE, effectiveMillis, visit.nowMillis).isPermitted();
    }
}
