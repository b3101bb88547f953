package io.vitaltwin.standalone.input;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Versions of consents. */
final class ConsentInput {

    /** The consent that this program manages, where a file names none. */
    static final String DEFAULT_CONSENT = "monitoring";

    private static final List<String> ACTIONS = List.of("COLLECT", "USE", "DISCLOSE");

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
        ConsentRecord consent = ConsentRecord.newBuilder()
                .setPatientId(fields.need("patient", "patientId").text())
                .setConsentId(fields.take("consentId", "id").map(Item::text).orElse(DEFAULT_CONSENT))
                .setVersionId(fields.take("versionId", "version").map(Item::text).orElse(versionId(clock.now(), number)))
                .setStatus(fields.need("status").symbol(ConsentStatus.class))
                .setEffectiveTime(fields.take("effective", "effectiveTime").map(time -> time.time(clock)).orElse(at))
                .build();
        fields.ifThere("dateTime", time -> consent.setDateTime(time.time(clock)));
        fields.ifThere("policyUri", uri -> consent.setPolicyUri(uri.text()));
        fields.ifThere("verified", flag -> consent.setVerified(flag.flag()));
        List<Provision> provisions = new ArrayList<>();
        fields.ifThere("provisions", list -> list.items().forEach(rule -> provisions.add(provision(rule, clock))));
        fields.ifThere("permit", list -> list.items().forEach(rule -> provisions.add(provision(rule.fields(), ProvisionType.PERMIT, clock))));
        fields.ifThere("deny", list -> list.items().forEach(rule -> provisions.add(provision(rule.fields(), ProvisionType.DENY, clock))));
        fields.end();
        if (consent.getStatus() == ConsentStatus.ACTIVE && provisions.isEmpty()) {
            throw item.problem("an active consent without 'permit' permits nothing; say what it permits, or give another status");
        }
        consent.setProvisions(provisions);
        return consent;
    }

    /** New for each version: the time of writing, and the place in the file. */
    static String versionId(Instant now, int number) {
        return now + "-" + number;
    }

    private static Provision provision(Item item, FileClock clock) {
        Fields fields = item.fields();
        return provision(fields, fields.need("type").symbol(ProvisionType.class), clock);
    }

    private static Provision provision(Fields fields, ProvisionType type, FileClock clock) {
        Provision provision = Provision.newBuilder().setType(type).build();
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
