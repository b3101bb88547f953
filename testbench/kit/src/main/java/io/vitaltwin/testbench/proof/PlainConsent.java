package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Emergency;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.ViolationReason;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a patient's consents say, read straight from the text of the reference: slow, plain, and without a line of the twin's own consent code.
 *
 * <p>Where the text leaves open which of two reasons is the right one, both are.
 *
 * @see "CLINICAL.md sections 8.3.1 to 8.3.10 and 3.12.11"
 */
final class PlainConsent {

    private static final long EMERGENCY_MILLIS = 4 * 3_600_000L;
    /** Of a denial with exceptions the text does not say whether it is named by itself or by what the exception lacks. */
    private static final Set<ViolationReason> ANY = EnumSet.of(ViolationReason.CLASS_DENIED, ViolationReason.PURPOSE_DENIED,
            ViolationReason.ACTOR_DENIED, ViolationReason.EXPIRED, ViolationReason.NO_CONSENT, ViolationReason.DATA_PERIOD);
    private static final String PURPOSE = "TREAT";
    private static final String ACTOR = "vitaltwin";

    private final List<Version> versions = new ArrayList<>();

    /** @param known append time: before it, nobody knew */
    private record Version(ConsentRecord consent, long known) {

        boolean isActive() {
            return consent.getStatus() == ConsentStatus.ACTIVE && !Boolean.FALSE.equals(consent.getVerified());
        }

        /** 8.3.10: four hours, and only with a role, a person and a reason. */
        boolean isEmergencyAt(long processing) {
            Emergency emergency = consent.getEmergency();
            return emergency != null && known <= processing && processing < known + EMERGENCY_MILLIS && !emergency.getRole().isBlank()
                    && !emergency.getActor().isBlank() && !emergency.getReason().isBlank();
        }

        /** An active version may be meant for later; whatever ends a consent ends it when it becomes known. */
        boolean isInForce(long processing) {
            return known <= processing && (consent.getStatus() != ConsentStatus.ACTIVE || millis(consent.getEffectiveTime(), 0) <= processing);
        }
    }

    /** Takes one more version; the same one again changes nothing. */
    void take(ConsentRecord consent, long appendMillis) {
        if (versions.stream().anyMatch(version -> version.consent().equals(consent))) {
            return;
        }
        int place = versions.size();
        while (place > 0 && versions.get(place - 1).known() > appendMillis) {
            place--;
        }
        versions.add(place, new Version(consent, appendMillis));
    }

    /** Labels of the versions that are known, as {@code <consentId>/<versionId>}. */
    Set<String> labels() {
        Set<String> labels = new HashSet<>();
        versions.forEach(version -> labels.add(version.consent().getConsentId() + '/' + version.consent().getVersionId()));
        return labels;
    }

    /** When a decision may change by itself. */
    List<Long> turningPoints() {
        List<Long> points = new ArrayList<>();
        for (Version version : versions) {
            points.add(version.consent().getEffectiveTime().toEpochMilli());
            points.add(version.known() + EMERGENCY_MILLIS);
            for (Provision provision : version.consent().getProvisions()) {
                points.add(millis(provision.getPeriodStart(), 0));
                points.add(millis(provision.getPeriodEnd(), 0));
            }
        }
        return points;
    }

    boolean covers(String vital, String action, long effective, long processing) {
        return refusal(vital, action, effective, processing).isEmpty();
    }

    /** Reasons for which a reading may be refused: any of them is right. Empty: it must not be refused. */
    Set<ViolationReason> refusal(String vital, String action, long effective, long processing) {
        if (versions.stream().anyMatch(version -> version.isEmergencyAt(processing))) {
            return Set.of();
        }
        Case asked = new Case(vital, action, effective, processing);
        Set<ViolationReason> reasons = asked.reasons();
        if (reasons.isEmpty() && effective < processing && !asked.namesDataStart() && wasBlocked(vital, action, effective)) {
            return EnumSet.of(ViolationReason.DATA_PERIOD);
        }
        return reasons;
    }

    /** Whether the patient had decided by then and the same request would have been refused then: 8.3.7. */
    private boolean wasBlocked(String vital, String action, long then) {
        boolean decided = versions.stream().anyMatch(version -> version.known() <= then && version.consent().getEmergency() == null
                && version.consent().getStatus() != ConsentStatus.DRAFT && version.consent().getStatus() != ConsentStatus.PROPOSED);
        return decided && !new Case(vital, action, then, then).reasons().isEmpty();
    }

    /** A rule with the list that it stands in: FHIR's nested provisions. */
    private record Rule(Provision own, List<Provision> list) {

        /** Whether this holds of the rule and of every rule that it is an exception to. */
        boolean all(Predicate<Provision> holds) {
            boolean alone = own.getExceptionTo() < 0 || list.isEmpty();
            return holds.test(own) && (alone || new Rule(list.get(own.getExceptionTo()), list).all(holds));
        }

        Stream<Rule> exceptions() {
            return list.stream().filter(other -> other.getExceptionTo() >= 0 && list.get(other.getExceptionTo()) == own).map(other -> new Rule(other, list));
        }
    }

    /** One question, put to the versions in force. */
    private final class Case {

        private final String vital;
        private final String action;
        private final long effective;
        private final long processing;
        private final List<Version> inForce = new ArrayList<>();
        private final List<Rule> permits = new ArrayList<>();
        private final List<Rule> denies = new ArrayList<>();

        Case(String vital, String action, long effective, long processing) {
            this.vital = vital;
            this.action = action;
            this.effective = effective;
            this.processing = processing;
            Set<String> seen = new HashSet<>();
            for (Version version : versions.reversed()) {
                if (version.consent().getEmergency() == null && version.isInForce(processing) && seen.add(version.consent().getConsentId())) {
                    inForce.add(version);
                }
            }
            for (Version version : inForce) {
                List<Provision> rules = version.consent().getStatus() == ConsentStatus.ACTIVE ? version.consent().getProvisions() : List.of();
                for (Provision rule : rules) {
                    if (rule.getType() == ProvisionType.DENY) {
                        denies.add(new Rule(rule, version.isActive() ? rules : List.of()));    // without proof it permits nothing, a denial stands
                    } else if (version.isActive()) {
                        permits.add(new Rule(rule, rules));
                    }
                }
            }
        }

        Set<ViolationReason> reasons() {
            boolean anyActive = inForce.stream().anyMatch(Version::isActive);
            boolean onlyDenialsAreLeft = permits.isEmpty() && inForce.stream().anyMatch(this::isWithdrawn);
            if (!anyActive || onlyDenialsAreLeft || !permits.isEmpty() && permits.stream().noneMatch(permit -> permit.all(this::isLive))) {
                return nothingActive();
            }
            Set<ViolationReason> reasons = EnumSet.noneOf(ViolationReason.class);
            denies.stream().filter(deny -> applies(deny) && deny.exceptions().noneMatch(this::applies))
                    .forEach(deny -> reasons.addAll(deny.exceptions().findAny().isPresent() ? ANY : named(deny.own())));
            if (reasons.isEmpty() && permits.stream().noneMatch(this::applies)) {
                reasons.addAll(miss());
            }
            return reasons;
        }

        boolean namesDataStart() {
            return permits.stream().anyMatch(permit -> applies(permit)
                    && !permit.all(rule -> rule.getType() == ProvisionType.DENY || rule.getDataPeriodStart() == null));
        }

        private Set<ViolationReason> nothingActive() {
            Set<ViolationReason> reasons = EnumSet.noneOf(ViolationReason.class);
            if (permits.stream().anyMatch(permit -> !permit.all(rule -> millis(rule.getPeriodEnd(), Long.MAX_VALUE) > processing))) {
                reasons.add(ViolationReason.EXPIRED);
            } else if (inForce.stream().anyMatch(version -> !version.isActive() && permittedBefore(version))) {
                reasons.add(ViolationReason.WITHDRAWN);
            } else if (inForce.stream().anyMatch(version -> version.consent().getStatus() == ConsentStatus.INACTIVE)) {
                reasons.addAll(EnumSet.of(ViolationReason.WITHDRAWN, ViolationReason.NO_CONSENT));    // ended, and never seen active
            } else {
                reasons.add(ViolationReason.NO_CONSENT);
            }
            if (inForce.stream().anyMatch(version -> !version.isActive() && version.consent().getStatus() == ConsentStatus.ACTIVE)) {
                reasons.add(ViolationReason.NO_CONSENT);    // one without proof is in force
            }
            return reasons;
        }

        /** What only ever denied was no consent that could be withdrawn. */
        private boolean isWithdrawn(Version version) {
            return version.consent().getStatus() != ConsentStatus.ACTIVE && (permittedBefore(version)
                    || version.consent().getStatus() == ConsentStatus.INACTIVE
                    && olderOfTheSame(version).noneMatch(older -> older.consent().getStatus() == ConsentStatus.ACTIVE));
        }

        private boolean permittedBefore(Version ended) {
            return olderOfTheSame(ended).anyMatch(older -> older.isActive()
                    && older.consent().getProvisions().stream().anyMatch(rule -> rule.getType() == ProvisionType.PERMIT));
        }

        private Stream<Version> olderOfTheSame(Version version) {
            return versions.subList(0, versions.indexOf(version)).stream()
                    .filter(older -> older.consent().getConsentId().equals(version.consent().getConsentId()));
        }

        /** The reasons that a rule which denies can stand for: what it names, narrowest first. */
        private Set<ViolationReason> named(Provision deny) {
            if (!deny.getVitals().isEmpty()) {
                return EnumSet.of(ViolationReason.CLASS_DENIED);
            }
            if (!deny.getPurposes().isEmpty() || !deny.getActions().isEmpty()) {
                return EnumSet.of(ViolationReason.PURPOSE_DENIED);
            }
            if (!deny.getActors().isEmpty()) {
                return EnumSet.of(ViolationReason.ACTOR_DENIED);
            }
            boolean data = deny.getDataPeriodStart() != null || deny.getDataPeriodEnd() != null;
            return EnumSet.of(data ? ViolationReason.DATA_PERIOD : ViolationReason.CLASS_DENIED);
        }

        /** What the permits that come nearest do not cover: class, then purpose, then actor, then time, then the data's time. */
        private Set<ViolationReason> miss() {
            List<Predicate<Provision>> steps = List.of(p -> has(p.getVitals(), vital),
                    p -> has(p.getPurposes(), PURPOSE) && has(p.getActions(), action), p -> has(p.getActors(), ACTOR), this::isLive);
            List<ViolationReason> missing = List.of(
                    ViolationReason.CLASS_DENIED, ViolationReason.PURPOSE_DENIED, ViolationReason.ACTOR_DENIED);
            List<Rule> nearest = permits;
            for (int i = 0; i < steps.size(); i++) {
                Predicate<Provision> step = steps.get(i);
                List<Rule> further = nearest.stream().filter(permit -> permit.all(step)).toList();
                if (further.isEmpty()) {
                    return i < missing.size() ? EnumSet.of(missing.get(i)) : notLive(nearest);
                }
                nearest = further;
            }
            return EnumSet.of(ViolationReason.DATA_PERIOD);
        }

        private Set<ViolationReason> notLive(List<Rule> nearest) {
            Set<ViolationReason> reasons = EnumSet.noneOf(ViolationReason.class);
            nearest.forEach(permit -> reasons.add(permit.all(rule -> millis(rule.getPeriodEnd(), Long.MAX_VALUE) > processing)
                    ? ViolationReason.NO_CONSENT : ViolationReason.EXPIRED));
            return reasons;
        }

        /** An exception applies where everything around it does, too. */
        private boolean applies(Rule rule) {
            return rule.all(this::covers);
        }

        private boolean covers(Provision rule) {
            return has(rule.getVitals(), vital) && has(rule.getPurposes(), PURPOSE) && has(rule.getActions(), action)
                    && has(rule.getActors(), ACTOR) && isLive(rule) && isWithin(rule.getDataPeriodStart(), effective, rule.getDataPeriodEnd());
        }

        private boolean isLive(Provision rule) {
            return isWithin(rule.getPeriodStart(), processing, rule.getPeriodEnd());
        }
    }

    private static boolean has(List<String> words, String word) {
        return words.isEmpty() || words.contains(word);
    }

    private static boolean isWithin(@Nullable Instant start, long millis, @Nullable Instant end) {
        return millis(start, Long.MIN_VALUE) <= millis && millis < millis(end, Long.MAX_VALUE);
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }
}
