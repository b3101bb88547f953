package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.consent.Provision.Type;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** May it be done? Straight from the definitions of FHIR R4 and CR 8.3, slow and without memory: what the real timeline is held against. */
record ConsentByDefinition(List<ConsentVersion> versions, String vital, String purpose, String actor, Stage stage) {

    boolean permits(long effective, long processing) {
        return consentsPermit(effective, processing) || glassIsBroken(processing);
    }

    private boolean glassIsBroken(long processing) {
        return Set.of("TREAT", "ETREAT").contains(purpose) && versions.stream().anyMatch(version -> version.emergency() != null
                && !version.emergency().role().isBlank() && !version.emergency().actor().isBlank() && !version.emergency().reason().isBlank()
                && version.knownAtMillis() <= processing && processing < version.knownAtMillis() + 4 * 60 * 60 * 1000);
    }

    private boolean consentsPermit(long effective, long processing) {
        if (!permittedByWords(effective, processing)) {
            return false;
        }
        boolean wasAsked = consents().stream().anyMatch(version -> isDecision(version) && version.knownAtMillis() <= effective);
        return effective >= processing || !wasAsked || reachesBack(effective, processing) || permittedByWords(effective, effective);
    }

    private boolean permittedByWords(long effective, long processing) {
        boolean permitted = false;
        for (ConsentVersion version : inForce(processing)) {
            for (int root = 0; root < version.provisions().size(); root++) {
                boolean alone = version.provisions().get(root).exceptionTo() == -1;
                if (!means(version)) {
                    if (version.provisions().get(root).type() == Type.DENY && covers(version.provisions().get(root), effective, processing)) {
                        return false;
                    }
                } else if (alone) {
                    Type said = said(version.provisions(), root, effective, processing);
                    if (said == Type.DENY) {
                        return false;
                    }
                    permitted |= said == Type.PERMIT;
                }
            }
        }
        return permitted;
    }

    /** What a rule says with its exceptions; null: nothing. */
    private @Nullable Type said(List<Provision> rules, int rule, long effective, long processing) {
        if (!covers(rules.get(rule), effective, processing)) {
            return null;
        }
        Type byException = null;
        for (int other = 0; other < rules.size(); other++) {
            Type said = rules.get(other).exceptionTo() == rule ? said(rules, other, effective, processing) : null;
            byException = byException == Type.DENY || said == null ? byException : said;
        }
        return byException != null ? byException : rules.get(rule).type();
    }

    private boolean covers(Provision rule, long effective, long processing) {
        boolean action = rule.actions().isEmpty() || rule.actions().contains(stage.name())
                || rule.actions().contains("USE") && Set.of(Stage.PREDICT, Stage.SCREEN).contains(stage);
        return action && (rule.vitals().isEmpty() || rule.vitals().contains(vital))
                && (rule.purposes().isEmpty() || rule.purposes().contains(purpose)) && (rule.actors().isEmpty() || rule.actors().contains(actor))
                && rule.periodStart() <= processing && processing < rule.periodEnd() && rule.dataStart() <= effective && effective < rule.dataEnd();
    }

    /** A permit that covers the request, itself or by a permit around it, names from when on data are covered. */
    private boolean reachesBack(long effective, long processing) {
        for (ConsentVersion version : inForce(processing)) {
            List<Provision> rules = version.provisions();
            for (int i = 0; means(version) && i < rules.size(); i++) {
                boolean covers = rules.get(i).type() == Type.PERMIT;
                boolean names = false;
                for (int rule = i; rule >= 0; rule = rules.get(rule).exceptionTo()) {
                    covers &= covers(rules.get(rule), effective, processing);
                    names |= rules.get(rule).type() == Type.PERMIT && rules.get(rule).dataStart() != Long.MIN_VALUE;
                }
                if (covers && names) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The last of each consent that is known and, when it is active, has begun; of these the active ones. */
    private List<ConsentVersion> inForce(long processing) {
        List<ConsentVersion> begun = consents().stream().filter(version -> version.knownAtMillis() <= processing
                && (version.status() != ConsentStatus.ACTIVE || version.effectiveMillis() <= processing)).toList();
        return begun.stream().filter(version -> version.status() == ConsentStatus.ACTIVE && begun.stream()
                .filter(other -> other.consentId().equals(version.consentId())).reduce((first, last) -> last).orElseThrow() == version).toList();
    }

    private List<ConsentVersion> consents() {
        return versions.stream().filter(version -> version.emergency() == null).toList();
    }

    private static boolean isDecision(ConsentVersion version) {
        return version.status() != ConsentStatus.DRAFT && version.status() != ConsentStatus.PROPOSED;
    }

    private static boolean means(ConsentVersion version) {
        boolean means = version.proven();
        for (int i = 0; i < version.provisions().size(); i++) {
            int outer = version.provisions().get(i).exceptionTo();
            means &= outer == -1
                    || outer >= 0 && outer < i && version.provisions().get(outer).type() != version.provisions().get(i).type();
        }
        return means;
    }
}
