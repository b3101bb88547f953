package io.vitaltwin.testbench.proof;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Emergency;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.testbench.proof.ProofStory.Entry;
import io.vitaltwin.testbench.sim.Arrival;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * Consents of one story: several at once, each of any status, dated back and ahead, for some vitals, purposes, actors, actions and times, sent twice
 * and out of order. Bounds of periods lie mostly on the very millisecond of a record or reading, or beside it.
 */
final class ConsentMaker {

    private static final List<String> CONSENTS = List.of("treatment", "treatment", "treatment", "privacy", "research");
    private static final long OUT_OF_ORDER_MILLIS = 20_000;

    private final SplittableRandom random;
    private final String patient;
    private final List<String> vitals;
    private final LongUnaryOperator free;
    /** Append times of readings; their effective times. */
    private final List<Long> appends = new ArrayList<>();
    private final List<Long> effectives = new ArrayList<>();
    private int versions;

    /** @param free the nearest append time that no other record has */
    ConsentMaker(SplittableRandom random, String patient, List<Entry> entries, List<String> vitals, LongUnaryOperator free) {
        this.random = random;
        this.patient = patient;
        this.vitals = vitals;
        this.free = free;
        for (Entry entry : entries) {
            if (entry.arrival() instanceof Arrival.Batch batch) {
                appends.add(entry.appendMillis());
                batch.batch().getReadings().forEach(reading -> effectives.add(reading.getEffectiveTime().toEpochMilli()));
            }
        }
        if (appends.isEmpty()) {
            appends.add(StoryMaker.START.toEpochMilli());
            effectives.add(StoryMaker.START.toEpochMilli());
        }
    }

    void make(List<Entry> entries) {
        if (random.nextInt(6) > 0) {
            long at = free.applyAsLong(StoryMaker.START.minusSeconds(59).toEpochMilli());
            entries.add(new Entry(at, new Arrival.Consent(Instant.ofEpochMilli(at), record("treatment", ConsentStatus.ACTIVE, at,
                    List.of(provision(ProvisionType.PERMIT).build())))));
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            long at = free.applyAsLong(StoryMaker.START.toEpochMilli() + random.nextLong(StoryMaker.LENGTH.toMillis()));
            ConsentRecord consent = any(at);
            long taken = random.nextInt(8) == 0 ? at + random.nextLong(OUT_OF_ORDER_MILLIS) : at;
            entries.add(new Entry(taken, new Arrival.Consent(Instant.ofEpochMilli(at), consent)));
            if (random.nextInt(6) == 0) {
                long again = free.applyAsLong(taken + 1 + random.nextLong(StoryMaker.LENGTH.toMillis() / 2));
                entries.add(new Entry(again, new Arrival.Consent(Instant.ofEpochMilli(again), consent)));
            }
        }
    }

    private ConsentRecord any(long at) {
        ConsentStatus status = switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> ConsentStatus.INACTIVE;
            case 5 -> ConsentStatus.ENTERED_IN_ERROR;
            case 6 -> ConsentStatus.REJECTED;
            case 7 -> random.nextInt(2) == 0 ? ConsentStatus.DRAFT : ConsentStatus.PROPOSED;
            default -> ConsentStatus.ACTIVE;
        };
        long effective = switch (random.nextInt(5)) {
            case 0 -> at - random.nextLong(3_600_000);
            case 1 -> at + random.nextLong(1_800_000);
            default -> at;
        };
        List<Provision> provisions = new ArrayList<>();
        for (int i = 1 + random.nextInt(4) - random.nextInt(2); i > 0; i--) {
            provisions.add(anyProvision());
        }
        nest(provisions);
        ConsentRecord consent = record(one(CONSENTS), status, effective, provisions);
        if (random.nextInt(20) == 0) {
            String reason = random.nextInt(4) == 0 ? "" : "unconscious";
            consent = ConsentRecord.newBuilder(consent).setStatus(ConsentStatus.ACTIVE).setConsentId("emergency").setProvisions(List.of())
                    .setEmergency(new Emergency("physician", "staff-1", reason)).build();
        } else if (random.nextInt(20) == 0) {
            consent = ConsentRecord.newBuilder(consent).setVerified(false).build();
        }
        return consent;
    }

    /** Makes some rules exceptions of an earlier one of the other type, one within another. */
    private void nest(List<Provision> provisions) {
        for (int i = 1; i < provisions.size(); i++) {
            int outer = random.nextInt(i);
            if (random.nextInt(3) == 0 && provisions.get(outer).getType() != provisions.get(i).getType()) {
                provisions.get(i).setExceptionTo(outer);
            }
        }
    }

    private ConsentRecord record(String consentId, ConsentStatus status, long effective, List<Provision> provisions) {
        return ConsentRecord.newBuilder().setPatientId(patient).setConsentId(consentId).setVersionId(String.valueOf(++versions)).setStatus(status)
                .setEffectiveTime(Instant.ofEpochMilli(effective)).setProvisions(provisions).build();
    }

    private static Provision.Builder provision(ProvisionType type) {
        return Provision.newBuilder().setType(type);
    }

    private Provision anyProvision() {
        Provision.Builder provision = provision(random.nextInt(4) > 0 ? ProvisionType.PERMIT : ProvisionType.DENY);
        provision.setPurposes(switch (random.nextInt(10)) {
            case 0 -> List.of("HRESCH");
            case 1 -> List.of("HRESCH", "TREAT");
            case 2, 3, 4 -> List.of("TREAT");
            default -> List.of();
        });
        provision.setVitals(switch (random.nextInt(5)) {
            case 0 -> List.of(one(vitals));
            case 1 -> List.of(one(vitals), "steps");
            default -> List.of();
        });
        provision.setActors(switch (random.nextInt(12)) {
            case 0 -> List.of("insurer");
            case 1 -> List.of("insurer", "vitaltwin");
            default -> List.of();
        });
        provision.setActions(switch (random.nextInt(14)) {
            case 0 -> List.of("COLLECT");
            case 1 -> List.of("USE");
            case 2 -> List.of("COLLECT", "USE");
            case 3 -> List.of("DISCLOSE");
            default -> List.of();
        });
        if (random.nextInt(3) == 0) {
            provision.setPeriodStart(bound(appends)).setPeriodEnd(bound(appends));
        }
        if (random.nextInt(4) == 0) {
            provision.setDataPeriodStart(bound(effectives)).setDataPeriodEnd(bound(effectives));
        }
        return provision.build();
    }

    /** Open, or on the millisecond of something, or one beside it. */
    private @Nullable Instant bound(List<Long> times) {
        return random.nextInt(3) == 0 ? null : Instant.ofEpochMilli(one(times) + random.nextInt(-1, 2));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
