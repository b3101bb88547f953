package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.twin.core.consent.ConsentStatus;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.consent.Emergency;
import io.vitaltwin.twin.core.consent.Provision;
import io.vitaltwin.twin.core.consent.Verification;
import io.vitaltwin.twin.core.consent.Violation;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Records of the topic of consents as words of the core: whoever asks consent reads them in the same way. */
public final class ConsentRecords {

    private ConsentRecords() {
    }

    /**
     * One version, valid or not: see {@link ConsentVersion#fault}.
     *
     * @param appendMillis append time of the record
     */
    public static ConsentVersion version(ConsentRecord consent, long appendMillis) {
        if (consent.getEmergency() != null) {
            return ConsentVersion.brokenGlass(consent.getConsentId(), consent.getVersionId(), appendMillis, emergency(consent.getEmergency()));
        }
        return new ConsentVersion(consent.getConsentId(), consent.getVersionId(), ConsentStatus.valueOf(consent.getStatus().name()),
                consent.getEffectiveTime().toEpochMilli(), appendMillis,
                consent.getProvisions().stream().map(ConsentRecords::provision).toList(), verification(consent).holds(appendMillis), null);
    }

    /** What was refused on the way out, as a record of the topic of violations. */
    public static ConsentViolation violation(String patient, Violation violation) {
        return ToAvro.violation(patient, violation);
    }

    private static Provision provision(io.vitaltwin.schemas.Provision given) {
        return new Provision(
                given.getType() == ProvisionType.PERMIT ? Provision.Type.PERMIT : Provision.Type.DENY,
                given.getPurposes(), given.getVitals(), given.getActors(), given.getActions(),
                millis(given.getPeriodStart(), Provision.OPEN_START), millis(given.getPeriodEnd(), Provision.OPEN_END),
                millis(given.getDataPeriodStart(), Provision.OPEN_START), millis(given.getDataPeriodEnd(), Provision.OPEN_END),
                given.getExceptionTo());
    }

    private static Emergency emergency(io.vitaltwin.schemas.Emergency given) {
        return new Emergency(given.getRole(), given.getActor(), given.getReason());
    }

    private static Verification verification(ConsentRecord consent) {
        return new Verification(consent.getVerified(), consent.getVerifiedWith() != null, millis(consent.getVerificationDate()),
                millis(consent.getDateTime()));
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
