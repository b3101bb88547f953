package io.vitaltwin.twin.core.consent;

import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What would have been refused had a version been known: CR 8.3.2 and 8.3.8. */
class HindsightTest {

    private static final String PURPOSE = "TREAT";
    private static final String ACTOR = "vitaltwin";

    private static Provision permit(List<String> vitals) {
        return provision(Provision.Type.PERMIT, vitals, Provision.OPEN_START, Provision.OPEN_END);
    }

    private static Provision provision(Provision.Type type, List<String> vitals, long from, long until) {
        return new Provision(type, List.of(), vitals, List.of(), List.of(), from, until, Provision.OPEN_START, Provision.OPEN_END, Provision.ALONE);
    }

    private static ConsentVersion version(String id, ConsentStatus status, long effective, long known, Provision... provisions) {
        return new ConsentVersion("c", id, status, effective, known, List.of(provisions));
    }

    private static ConsentTimeline permitted() {
        return ConsentTimeline.empty().apply(version("1", ConsentStatus.ACTIVE, 0, 0, permit(List.of())));
    }

    private static boolean forbids(ConsentTimeline before, ConsentVersion version, long first, long last) {
        return Hindsight.of(before, version).map(hindsight -> hindsight.forbids(new Use(0, Vital.SPO2, first, last, 1), PURPOSE, ACTOR)).orElse(false);
    }

    @ParameterizedTest
    @CsvSource({"49, 49, false", "50, 50, true", "99, 99, true", "49, 50, true", "100, 100, false"})
    void shouldForbidFromTheEffectiveTimeToThatAtWhichItIsKnown(long first, long last, boolean forbidden) {
        assertThat(forbids(permitted(), version("2", ConsentStatus.INACTIVE, 50, 100), first, last)).isEqualTo(forbidden);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 101, 5_000})
    void shouldNotLookBackWhereTheVersionDoesNot(long effective) {
        assertThat(Hindsight.of(permitted(), version("2", ConsentStatus.INACTIVE, effective, 100))).isEmpty();
    }

    @Test
    void shouldReplaceWhatTheSameConsentSaidInBetween() {
        ConsentTimeline before = permitted().apply(version("2", ConsentStatus.ACTIVE, 60, 60, permit(List.of())));
        assertThat(forbids(before, version("3", ConsentStatus.INACTIVE, 50, 100), 70, 70)).isTrue();
    }

    @Test
    void shouldLeaveOtherConsentsAlone() {
        ConsentTimeline before = permitted().apply(new ConsentVersion("other", "1", ConsentStatus.ACTIVE, 0, 0, List.of(permit(List.of()))));
        assertThat(forbids(before, version("2", ConsentStatus.INACTIVE, 50, 100), 70, 70)).isFalse();
    }

    @Test
    void shouldForbidTheClassesThatANarrowerVersionLeavesOut() {
        assertThat(forbids(permitted(), version("2", ConsentStatus.ACTIVE, 50, 100, permit(List.of("heart_rate"))), 70, 70)).isTrue();
        assertThat(forbids(permitted(), version("2", ConsentStatus.ACTIVE, 50, 100, permit(List.of("spo2"))), 70, 70)).isFalse();
    }

    @Test
    void shouldForbidADeniedPeriodThatLiesBeforeAndNothingElse() {
        ConsentVersion version = version("2", ConsentStatus.ACTIVE, 100, 100, permit(List.of("heart_rate")),
                provision(Provision.Type.DENY, List.of("spo2"), 20, 40));
        assertThat(forbids(permitted(), version, 19, 19)).isFalse();
        assertThat(forbids(permitted(), version, 20, 20)).isTrue();
        assertThat(forbids(permitted(), version, 39, 39)).isTrue();
        assertThat(forbids(permitted(), version, 40, 40)).isFalse();
    }

    @Test
    void shouldTakeNoDraftAndNoBrokenGlassForADecision() {
        assertThat(Hindsight.of(permitted(), version("2", ConsentStatus.DRAFT, 50, 100))).isEmpty();
        assertThat(Hindsight.of(permitted(), ConsentVersion.brokenGlass("e", "1", 100, new Emergency("physician", "dr", "coma")))).isEmpty();
    }

    @Test
    void shouldNotAccuseByAVersionThatIsNotUnderstood() {
        ConsentVersion unproven = new ConsentVersion("c", "2", ConsentStatus.ACTIVE, 50, 100, List.of(permit(List.of())), false, null);
        assertThat(forbids(permitted(), unproven, 70, 70)).isFalse();
    }

    @Test
    void shouldKnowThatTheGlassWasBroken() {
        ConsentTimeline before = permitted().apply(ConsentVersion.brokenGlass("e", "1", 60, new Emergency("physician", "dr", "coma")));
        ConsentVersion withdrawal = version("2", ConsentStatus.INACTIVE, 50, 100);
        assertThat(forbids(before, withdrawal, 55, 55)).isTrue();
        assertThat(forbids(before, withdrawal, 60, 60)).isFalse();
    }

    /** Against the definition: the same log with the version in its place. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldDecideAsIfTheVersionHadBeenKnown(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<ConsentVersion> log = new ArrayList<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                log.add(random(random, "c" + random.nextInt(2), "v" + i, i * 25L, i * 25L));
            }
            ConsentTimeline before = ConsentTimeline.empty();
            for (ConsentVersion one : log) {
                before = before.apply(one);
            }
            ConsentVersion late = random(random, "c0", "late", random.nextInt(99), 100);
            ConsentTimeline asIf = ConsentTimeline.empty();
            for (ConsentVersion one : log) {
                asIf = one.consentId().equals("c0") && one.knownAtMillis() >= late.effectiveMillis() ? asIf : asIf.apply(one);
            }
            asIf = asIf.apply(new ConsentVersion("c0", "late", late.status(), late.effectiveMillis(), late.effectiveMillis(), late.provisions()));
            for (long at = late.effectiveMillis(); at < 100; at += 7) {
                boolean refused = !asIf.decide("spo2", PURPOSE, ACTOR, Stage.USE, at, at).isPermitted();
                assertThat(forbids(before, late, at, at)).as("seed %d round %d at %d", seed, round, at).isEqualTo(refused);
            }
        }
    }

    private static ConsentVersion random(Random random, String id, String versionId, long effective, long known) {
        List<Provision> provisions = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            provisions.add(provision(random.nextBoolean() ? Provision.Type.PERMIT : Provision.Type.DENY,
                    random.nextBoolean() ? List.of() : List.of(random.nextBoolean() ? "spo2" : "steps"), Provision.OPEN_START,
                    random.nextInt(3) == 0 ? random.nextInt(100) : Provision.OPEN_END));
        }
        ConsentStatus status = random.nextInt(3) == 0 ? ConsentStatus.INACTIVE : ConsentStatus.ACTIVE;
        return new ConsentVersion(id, versionId, status, effective, known, provisions);
    }
}
