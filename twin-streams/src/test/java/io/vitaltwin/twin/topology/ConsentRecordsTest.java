package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.Emergency;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a record of the topic of consents says in the words of the core. */
class ConsentRecordsTest {

    private static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");

    private static ConsentRecord.Builder consent() {
        return ConsentRecord.newBuilder().setPatientId("p").setConsentId("c").setVersionId("1").setStatus(ConsentStatus.ACTIVE)
                .setEffectiveTime(T0);
    }

    private static ConsentVersion version(ConsentRecord.Builder record) {
        return ConsentRecords.version(record.build(), T0.toEpochMilli() + 5);
    }

    @Test
    void shouldKeepEveryLimit() {
        Provision root = Provision.newBuilder().setType(ProvisionType.PERMIT).setPurposes(List.of("TREAT")).build();
        Provision exception = Provision.newBuilder().setType(ProvisionType.DENY).setVitals(List.of("spo2")).setActors(List.of("insurer"))
                .setActions(List.of("DISCLOSE")).setPeriodStart(T0).setPeriodEnd(T0.plusSeconds(1)).setDataPeriodStart(T0.minusSeconds(1))
                .setDataPeriodEnd(T0.plusSeconds(2)).setExceptionTo(0).build();
        ConsentVersion version = version(consent().setProvisions(List.of(root, exception)));
        long millis = T0.toEpochMilli();
        assertThat(version.provisions()).containsExactly(io.vitaltwin.twin.core.consent.Provision.permit("TREAT"),
                io.vitaltwin.twin.core.consent.Provision.deny().forVitals("spo2").forActors("insurer").forActions("DISCLOSE")
                        .during(millis, millis + 1_000).forData(millis - 1_000, millis + 2_000).asExceptionTo(0));
        assertThat(version.knownAtMillis()).isEqualTo(millis + 5);
        assertThat(version.effectiveMillis()).isEqualTo(millis);
        assertThat(version.fault()).isEmpty();
    }

    @Test
    void shouldNotBelieveWhatIsNotVerified() {
        assertThat(version(consent()).proven()).isTrue();
        assertThat(version(consent().setVerified(true).setVerifiedWith("p").setVerificationDate(T0).setDateTime(T0)).proven()).isTrue();
        assertThat(version(consent().setVerified(false)).fault()).get().asString().contains("verif");
        assertThat(version(consent().setVerifiedWith("p")).proven()).isFalse();
        assertThat(version(consent().setVerificationDate(T0)).proven()).isFalse();
        assertThat(version(consent().setVerified(true).setVerificationDate(T0.plusSeconds(200_000))).proven()).isFalse();
    }

    @Test
    void shouldTakeNothingButTheIdsOfABrokenGlass() {
        Provision deny = Provision.newBuilder().setType(ProvisionType.DENY).build();
        ConsentVersion version = version(consent().setStatus(ConsentStatus.DRAFT).setProvisions(List.of(deny)).setVerified(false)
                .setEffectiveTime(T0.plusSeconds(99)).setEmergency(new Emergency("physician", "dr-1", "coma")));
        assertThat(version).isEqualTo(ConsentVersion.brokenGlass("c", "1", T0.toEpochMilli() + 5,
                new io.vitaltwin.twin.core.consent.Emergency("physician", "dr-1", "coma")));
    }
}
