package io.vitaltwin.standalone.input;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Emergency;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.twin.core.consent.Stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Versions of consents. A rule may have exceptions, which say the opposite within its limits, and these again exceptions:
 *
 * <pre>{@code
 * permit:
 *   - purpose: TREAT
 *     except:                          # denied
 *       - vitals: [spo2]
 *         except: [{actor: ward}]      # permitted all the same
 * }</pre>
 */
final class ConsentInput {

    /** The consent that this program manages, where a file names none. */
    static final String DEFAULT_CONSENT = "monitoring";

    /** The broken glasses that this program writes, where a file names no consent. */
    static final String DEFAULT_EMERGENCY = "emergency";

    private static final int DEEPEST = io.vitaltwin.twin.core.consent.Provision.DEEPEST;

    private static final List<String> ACTIONS = Stream.of(Stage.values()).map(Stage::name).toList();

    private ConsentInput() {
    }

    static List<ConsentRecord> consents(List<Item> items, FileClock clock) {
        List<ConsentRecord> consents = new ArrayList<>();
        for (Item item : items) {
            consents.add(consent(item, clock, consents.size()));
        }
        return consents;
    }

    private static ConsentRecord consent(Item item, FileClock clock, int number) {
        Fields fields = item.fields();
        Instant at = fields.take("at").map(time -> time.time(clock)).orElse(clock.now());
        Optional<Emergency> emergency = fields.take("emergency").map(ConsentInput::emergency);
        String defaultId = emergency.isPresent() ? DEFAULT_EMERGENCY : DEFAULT_CONSENT;
        ConsentRecord consent = ConsentRecord.newBuilder()
                .setPatientId(fields.need("patient", "patientId").text())
                .setConsentId(fields.take("consentId", "id").map(Item::text).orElse(defaultId))
                .setVersionId(fields.take("versionId", "version").map(Item::text).orElse(versionId(clock.now(), number)))
                .setStatus(emergency.isPresent() ? ConsentStatus.ACTIVE : fields.need("status").symbol(ConsentStatus.class))
                .setEffectiveTime(fields.take("effective", "effectiveTime").map(time -> time.time(clock)).orElse(at))
                .setEmergency(emergency.orElse(null))
                .build();
        if (emergency.isEmpty()) {
            background(fields, consent, clock);
            provisions(item, fields, consent, clock);
        }
        fields.end();
        return consent;
    }

    private static Emergency emergency(Item item) {
        Fields fields = item.fields();
        Emergency emergency = new Emergency(fields.need("role").text(), fields.need("actor").text(), fields.need("reason").text());
        fields.end();
        return emergency;
    }

    /** Who agreed, to which words, and how that was proven. */
    private static void background(Fields fields, ConsentRecord consent, FileClock clock) {
        fields.ifThere("dateTime", time -> consent.setDateTime(time.time(clock)));
        fields.ifThere("scope", scope -> consent.setScope(scope.text()));
        fields.take("category", "categories").ifPresent(words -> consent.setCategories(texts(words)));
        fields.ifThere("policyUri", uri -> consent.setPolicyUri(uri.text()));
        fields.ifThere("policyRule", rule -> consent.setPolicyRule(rule.text()));
        fields.take("performer", "performers").ifPresent(words -> consent.setPerformers(texts(words)));
        fields.ifThere("source", source -> consent.setSource(source.text()));
        fields.ifThere("verified", flag -> consent.setVerified(flag.flag()));
        fields.ifThere("verifiedWith", who -> consent.setVerifiedWith(who.text()));
        fields.ifThere("verificationDate", time -> consent.setVerificationDate(time.time(clock)));
    }

    private static void provisions(Item item, Fields fields, ConsentRecord consent, FileClock clock) {
        List<Provision> provisions = new ArrayList<>();
        fields.ifThere("provisions", list -> list.items().forEach(rule -> provision(rule, clock, provisions)));
        fields.ifThere("permit", list -> list.items().forEach(rule -> rule(rule, ProvisionType.PERMIT, -1, clock, provisions)));
        fields.ifThere("deny", list -> list.items().forEach(rule -> rule(rule, ProvisionType.DENY, -1, clock, provisions)));
        if (consent.getStatus() == ConsentStatus.ACTIVE && provisions.isEmpty()) {
            throw item.problem("an active consent without 'permit' permits nothing; say what it permits, or give another status");
        }
        consent.setProvisions(provisions);
    }

    /** New for each version: the time of writing, and the place in the file. */
    static String versionId(Instant now, int number) {
        return now + "-" + number;
    }

    /** As the record has it: an exception names its rule by the place, from 0. */
    private static void provision(Item item, FileClock clock, List<Provision> provisions) {
        Fields fields = item.fields();
        ProvisionType type = fields.need("type").symbol(ProvisionType.class);
        int outer = fields.take("exceptionTo").map(place -> exceptionTo(place, type, provisions)).orElse(-1);
        rule(fields, type, outer, clock, provisions);
    }

    private static int exceptionTo(Item place, ProvisionType type, List<Provision> provisions) {
        int outer = place.whole(-1, Integer.MAX_VALUE);
        if (outer >= provisions.size()) {
            throw place.problem("an exception names an earlier rule by its place, from 0; so far there are " + provisions.size());
        }
        if (outer >= 0 && provisions.get(outer).getType() == type) {
            throw place.problem("an exception says the opposite of its rule; give it the other type");
        }
        return outer;
    }

    private static void rule(Item item, ProvisionType type, int outer, FileClock clock, List<Provision> provisions) {
        rule(item.fields(), type, outer, clock, provisions);
    }

    private static void rule(Fields fields, ProvisionType type, int outer, FileClock clock, List<Provision> provisions) {
        int place = provisions.size();
        if (depth(outer, provisions) > DEEPEST) {
            throw fields.owner().problem("rules are nested more than " + DEEPEST + " deep; write it with fewer levels");
        }
        ProvisionType opposite = type == ProvisionType.PERMIT ? ProvisionType.DENY : ProvisionType.PERMIT;
        Optional<Item> exceptions = fields.take("except");
        provisions.add(limits(fields, type, outer, clock));
        exceptions.ifPresent(list -> list.items().forEach(rule -> rule(rule, opposite, place, clock, provisions)));
    }

    private static int depth(int outer, List<Provision> provisions) {
        int depth = 0;
        for (int rule = outer; rule >= 0; rule = provisions.get(rule).getExceptionTo()) {
            depth++;
        }
        return depth;
    }

    private static Provision limits(Fields fields, ProvisionType type, int outer, FileClock clock) {
        Provision provision = Provision.newBuilder().setType(type).setExceptionTo(outer).build();
        fields.take("purpose", "purposes").ifPresent(words -> provision.setPurposes(texts(words)));
        fields.take("vital", "vitals").ifPresent(words -> provision.setVitals(texts(words)));
        fields.take("actor", "actors").ifPresent(words -> provision.setActors(texts(words)));
        fields.take("action", "actions").ifPresent(
                words -> provision.setActions(words.items().stream().map(word -> word.oneOf(ACTIONS)).toList()));
        fields.ifThere("period", period -> bounds(period, clock, provision::setPeriodStart, provision::setPeriodEnd));
        fields.ifThere("dataPeriod", period -> bounds(period, clock, provision::setDataPeriodStart, provision::setDataPeriodEnd));
        fields.ifThere("periodStart", time -> provision.setPeriodStart(time.time(clock)));
        fields.ifThere("periodEnd", time -> provision.setPeriodEnd(time.time(clock)));
        fields.ifThere("dataPeriodStart", time -> provision.setDataPeriodStart(time.time(clock)));
        fields.ifThere("dataPeriodEnd", time -> provision.setDataPeriodEnd(time.time(clock)));
        fields.end();
        return provision;
    }

    /** {@code [from, to]}: an open end is left out, an open start is null. */
    private static void bounds(Item period, FileClock clock, Consumer<Instant> start, Consumer<Instant> end) {
        List<Item> bounds = period.items();
        if (!period.isList() || bounds.isEmpty() || bounds.size() > 2) {
            throw period.problem("[from, to] expected here; leave out an open end");
        }
        if (!bounds.getFirst().isNull()) {
            start.accept(bounds.getFirst().time(clock));
        }
        if (bounds.size() == 2 && !bounds.get(1).isNull()) {
            end.accept(bounds.get(1).time(clock));
        }
    }

    private static List<String> texts(Item list) {
        return list.items().stream().map(Item::text).toList();
    }
}
