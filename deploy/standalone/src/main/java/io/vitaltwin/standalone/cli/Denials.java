package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.twin.core.Vital;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A consent of its own that only denies: what a patient has switched off. Each change is a version with everything that is off from then on.
 *
 * @param vitalsByAction what is denied; the action is empty for all actions, no vital stands for all vitals
 */
record Denials(Map<String, Set<String>> vitalsByAction) {

    /**
     * What the newest version of the consent denies; nothing when there is none, or it has ended. Of a version that somebody wrote by hand,
     * limits of other kinds are left out: then more is denied, never less.
     */
    static Denials of(Optional<ConsentRecord> newest) {
        Denials denials = new Denials(Map.of());
        List<Provision> provisions = newest.filter(consent -> consent.getStatus() == ConsentStatus.ACTIVE).map(ConsentRecord::getProvisions)
                .orElse(List.of());
        for (Provision provision : provisions) {
            List<String> actions = provision.getActions().isEmpty() ? List.of("") : provision.getActions();
            for (String action : provision.getType() == ProvisionType.DENY ? actions : List.<String>of()) {
                denials = denials.with(action, provision.getVitals());
            }
        }
        return denials;
    }

    /** @param vitals empty: all */
    Denials with(String action, Collection<String> vitals) {
        Map<String, Set<String>> denied = new TreeMap<>(vitalsByAction);
        Set<String> before = denied.get(action);
        boolean all = vitals.isEmpty() || before != null && before.isEmpty();
        Set<String> more = new TreeSet<>(all ? Set.of() : vitals);
        if (!all && before != null) {
            more.addAll(before);
        }
        denied.put(action, more);
        return new Denials(denied);
    }

    /** @param vitals empty: all; where all were denied, the others stay denied by their names */
    Denials without(String action, Collection<String> vitals) {
        Map<String, Set<String>> denied = new TreeMap<>(vitalsByAction);
        Set<String> before = denied.remove(action);
        if (before != null && !vitals.isEmpty()) {
            Set<String> rest = new TreeSet<>(before.isEmpty() ? everyVital() : before);
            rest.removeAll(vitals);
            if (!rest.isEmpty()) {
                denied.put(action, rest);
            }
        }
        return new Denials(denied);
    }

    private static List<String> everyVital() {
        return List.of(Vital.values()).stream().map(Vital::id).toList();
    }

    /** Inactive when nothing is denied any more. */
    ConsentRecord version(String patient, String consentId, Instant now) {
        List<Provision> provisions = new ArrayList<>();
        vitalsByAction.forEach((action, vitals) -> provisions.add(Provision.newBuilder().setType(ProvisionType.DENY)
                .setActions(action.isEmpty() ? List.of() : List.of(action)).setVitals(List.copyOf(vitals)).build()));
        return ConsentRecord.newBuilder().setPatientId(patient).setConsentId(consentId).setVersionId(now.toString())
                .setStatus(provisions.isEmpty() ? ConsentStatus.INACTIVE : ConsentStatus.ACTIVE).setEffectiveTime(now)
                .setProvisions(provisions).build();
    }
}
