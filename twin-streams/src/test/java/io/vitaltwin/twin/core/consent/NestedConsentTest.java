package io.vitaltwin.twin.core.consent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static io.vitaltwin.twin.core.consent.Provision.deny;
import static io.vitaltwin.twin.core.consent.Provision.permit;
import static org.assertj.core.api.Assertions.assertThat;

/** Exceptions of exceptions after FHIR R4, parts of USE, and versions that mean nothing. Clinical reference sections 8.1 and 8.4 E10. */
class NestedConsentTest {

    private static final long NOW = 1_000_000;

    private static ConsentTimeline given(Provision... rules) {
        return ConsentTimeline.empty().apply(new ConsentVersion("c", "1", ConsentStatus.ACTIVE, 0, 0, List.of(rules)));
    }

    private static String ask(ConsentTimeline timeline, String vital, String purpose, String actor, Stage stage) {
        return switch (timeline.decide(vital, purpose, actor, stage, NOW, NOW)) {
            case Decision.Permitted permitted -> "permit";
            case Decision.Denied denied -> denied.reason().name();
        };
    }

    private static String ask(ConsentTimeline timeline, String vital, String purpose) {
        return ask(timeline, vital, purpose, "vitaltwin", Stage.USE);
    }

    /** Permit care, but not the saturation, but that to the dashboard all the same. */
    @ParameterizedTest
    @CsvSource({
            "heart_rate, TREAT, vitaltwin, permit", "heart_rate, HRESCH, vitaltwin, PURPOSE_DENIED", "spo2, TREAT, vitaltwin, ACTOR_DENIED",
            "spo2, TREAT, dashboard, permit", "spo2, HRESCH, dashboard, PURPOSE_DENIED"})
    void shouldAlternate(String vital, String purpose, String actor, String expected) {
        ConsentTimeline timeline = given(permit("TREAT"), deny().forVitals("spo2").asExceptionTo(0),
                permit().forVitals("spo2").forActors("dashboard").asExceptionTo(1));
        assertThat(ask(timeline, vital, purpose, actor, Stage.USE)).isEqualTo(expected);
    }

    /** Deny everything, but permit care with two vitals. The reason is what the exception lacks. */
    @ParameterizedTest
    @CsvSource({
            "spo2, TREAT, vitaltwin, permit", "steps, TREAT, vitaltwin, CLASS_DENIED", "spo2, HRESCH, vitaltwin, PURPOSE_DENIED",
            "spo2, TREAT, insurer, ACTOR_DENIED", "steps, HRESCH, insurer, CLASS_DENIED"})
    void shouldReopenPartOfADenial(String vital, String purpose, String actor, String expected) {
        ConsentTimeline timeline = given(deny(), permit("TREAT").forVitals("spo2", "heart_rate").forActors("vitaltwin").asExceptionTo(0));
        assertThat(ask(timeline, vital, purpose, actor, Stage.USE)).isEqualTo(expected);
    }

    @Test
    void shouldNotReachFurtherThanTheRuleAround() {
        ConsentTimeline timeline = given(permit("TREAT").forVitals("spo2"), deny().forActors("insurer").asExceptionTo(0),
                permit().asExceptionTo(1));
        assertThat(ask(timeline, "steps", "TREAT", "insurer", Stage.USE)).isEqualTo("CLASS_DENIED");
        assertThat(ask(timeline, "spo2", "HRESCH", "insurer", Stage.USE)).isEqualTo("PURPOSE_DENIED");
        assertThat(ask(timeline, "spo2", "TREAT", "insurer", Stage.USE)).isEqualTo("permit");
    }

    @Test
    void shouldLetADenyWinAmongSiblings() {
        ConsentTimeline reopened = given(deny(), permit().forVitals("spo2").asExceptionTo(0), permit("TREAT").asExceptionTo(0),
                deny().forActors("insurer").asExceptionTo(1));
        assertThat(ask(reopened, "spo2", "TREAT", "vitaltwin", Stage.USE)).isEqualTo("permit");
        assertThat(ask(reopened, "spo2", "TREAT", "insurer", Stage.USE)).as("the denial inside the permit wins for its scope").isEqualTo("ACTOR_DENIED");
        assertThat(ask(reopened, "steps", "TREAT", "insurer", Stage.USE)).isEqualTo("permit");
    }

    @Test
    void shouldLetADenialOfAnotherConsentWinOverAReopenedOne() {
        ConsentTimeline timeline = given(deny(), permit("TREAT").asExceptionTo(0))
                .apply(new ConsentVersion("switches", "1", ConsentStatus.ACTIVE, 1, 1, List.of(deny().forVitals("spo2"))));
        assertThat(ask(timeline, "spo2", "TREAT")).isEqualTo("CLASS_DENIED");
        assertThat(ask(timeline, "steps", "TREAT")).isEqualTo("permit");
    }

    @ParameterizedTest
    @CsvSource({"99, NO_CONSENT", "100, permit", "199, permit", "200, EXPIRED"})
    void shouldEndWithTheShortestPeriod(long now, String expected) {
        ConsentTimeline timeline = given(deny().during(100, 300), permit().during(0, 200).asExceptionTo(0));
        Decision decision = timeline.decide("spo2", "TREAT", "vitaltwin", Stage.USE, now, now);
        assertThat(decision instanceof Decision.Denied denied ? denied.reason().name() : "permit").isEqualTo(expected);
        assertThat(timeline.nextChange(99)).isEqualTo(100);
        assertThat(timeline.nextChange(100)).isEqualTo(200);
    }

    /** 8.3.7: the data period may stand in the rule around. */
    @Test
    void shouldReachBackByTheDataPeriodOfAPermitAround() {
        ConsentTimeline withdrawn = ConsentTimeline.empty().apply(new ConsentVersion("c", "1", ConsentStatus.INACTIVE, 100, 100, List.of()));
        Provision named = permit("TREAT").forData(0, Provision.OPEN_END);
        for (boolean names : new boolean[] {true, false}) {
            ConsentTimeline again = withdrawn.apply(new ConsentVersion("c", "2", ConsentStatus.ACTIVE, 500, 500,
                    List.of(names ? named : permit("TREAT"), deny().forVitals("spo2").asExceptionTo(0),
                            permit().forVitals("spo2").forActors("vitaltwin").asExceptionTo(1))));
            Decision old = again.decide("spo2", "TREAT", "vitaltwin", Stage.USE, 200, 600);
            assertThat(old.isPermitted()).isEqualTo(names);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "USE, PREDICT, permit", "USE, SCREEN, permit", "USE, COLLECT, PURPOSE_DENIED", "PREDICT, PREDICT, permit", "PREDICT, USE, PURPOSE_DENIED",
            "PREDICT, SCREEN, PURPOSE_DENIED", "COLLECT, PREDICT, PURPOSE_DENIED"})
    void shouldCoverThePartsOfUse(String action, Stage asked, String expected) {
        assertThat(ask(given(permit("TREAT").forActions(action)), "spo2", "TREAT", "vitaltwin", asked)).isEqualTo(expected);
    }

    /** 8.4 E10.5: the right not to know, for some vitals. */
    @ParameterizedTest
    @CsvSource({
            "PREDICT, spo2, PREDICT, CLASS_DENIED", "PREDICT, spo2, USE, permit", "PREDICT, spo2, SCREEN, permit", "PREDICT, steps, PREDICT, permit",
            "USE, spo2, PREDICT, CLASS_DENIED", "USE, spo2, SCREEN, CLASS_DENIED", "USE, spo2, USE, CLASS_DENIED", "USE, spo2, COLLECT, permit"})
    void shouldDenyOnlyWhatIsNotToBeKnown(String denied, String vital, Stage asked, String expected) {
        ConsentTimeline timeline = given(permit("TREAT"), deny().forActions(denied).forVitals("spo2"));
        assertThat(ask(timeline, vital, "TREAT", "vitaltwin", asked)).isEqualTo(expected);
    }

    static Stream<List<Provision>> listsWithoutMeaning() {
        List<Provision> tooDeep = new ArrayList<>();
        for (int i = 0; i <= Rule.DEEPEST + 1; i++) {
            tooDeep.add((i % 2 == 0 ? permit() : deny("HMARKT")).asExceptionTo(i - 1));
        }
        return Stream.of(
                List.of(permit().asExceptionTo(0)), List.of(permit(), deny("HMARKT").asExceptionTo(1)), List.of(permit().asExceptionTo(-2)),
                List.of(deny("HMARKT").asExceptionTo(1), permit()), List.of(permit(), permit().asExceptionTo(0)),
                List.of(permit(), deny("HMARKT"), deny("HMARKT").asExceptionTo(1)), tooDeep);
    }

    @ParameterizedTest
    @MethodSource("listsWithoutMeaning")
    void shouldPermitNothingByAListWithoutMeaning(List<Provision> rules) {
        ConsentVersion version = new ConsentVersion("c", "1", ConsentStatus.ACTIVE, 0, 0, rules);
        assertThat(version.fault()).get().asString().matches("rule \\d+ .*");
        assertThat(ask(ConsentTimeline.empty().apply(version), "spo2", "TREAT")).isEqualTo("NO_CONSENT");
    }

    @Test
    void shouldNestAsDeepAsItSays() {
        List<Provision> deep = new ArrayList<>();
        for (int i = 0; i <= Rule.DEEPEST; i++) {
            deep.add((i % 2 == 0 ? permit() : deny()).asExceptionTo(i - 1));
        }
        ConsentVersion version = new ConsentVersion("c", "1", ConsentStatus.ACTIVE, 0, 0, deep);
        assertThat(version.fault()).isEmpty();
        assertThat(ask(ConsentTimeline.empty().apply(version), "spo2", "TREAT")).isEqualTo("permit");
    }

    /** What cannot be believed does not leave the older version in force, and takes no denial back. */
    @Test
    void shouldKeepTheDenialsOfAVersionThatMeansNothing() {
        ConsentTimeline timeline = given(permit("TREAT")).apply(new ConsentVersion("other", "1", ConsentStatus.ACTIVE, 1, 1,
                List.of(deny().forVitals("spo2"), permit().forActors("vitaltwin").asExceptionTo(0)), false, null));
        assertThat(ask(timeline, "spo2", "TREAT")).isEqualTo("CLASS_DENIED");
        assertThat(ask(timeline, "steps", "TREAT")).isEqualTo("permit");
        ConsentTimeline replaced = given(permit("TREAT"))
                .apply(new ConsentVersion("c", "2", ConsentStatus.ACTIVE, 1, 1, List.of(permit("TREAT")), false, null));
        assertThat(replaced.decide("steps", "TREAT", "vitaltwin", Stage.USE, NOW, NOW))
                .isEqualTo(new Decision.Denied(ViolationReason.NO_CONSENT, "c/2"));
    }

    /** Thousands of timelines against the definition, in any order of arrival, and through the stored form. */
    @ParameterizedTest
    @CsvSource({"0, 1000", "1000, 2000", "2000, 3000", "3000, 4000"})
    void shouldDecideAsDefined(long from, long to) {
        int permitted = 0;
        int asked = 0;
        for (long seed = from; seed < to; seed++) {
            RandomConsents random = new RandomConsents(seed);
            List<ConsentVersion> versions = random.versions();
            List<ConsentVersion> shuffled = new ArrayList<>(versions);
            Collections.shuffle(shuffled, new Random(seed));
            ConsentTimeline timeline = ConsentTimeline.empty();
            for (ConsentVersion version : shuffled) {
                timeline = timeline.apply(version);
            }
            assertThat(timeline.versions()).as("seed %d", seed).isEqualTo(versions);
            timeline = ConsentTimeline.decode(timeline.encode());
            assertThat(timeline.versions()).as("seed %d", seed).isEqualTo(versions);
            for (int i = 0; i < 40; i++) {
                ConsentByDefinition defined = new ConsentByDefinition(versions, random.oneOf(RandomConsents.VITALS),
                        random.oneOf(RandomConsents.PURPOSES), random.oneOf(RandomConsents.ACTORS), random.stage());
                long processing = random.time();
                long effective = i % 2 == 0 ? processing : random.time();
                boolean expected = defined.permits(effective, processing);
                boolean found = timeline.decide(defined.vital(), defined.purpose(), defined.actor(), defined.stage(), effective, processing)
                        .isPermitted();
                assertThat(found).as("seed %d, %s at %d of %d", seed, defined, processing, effective).isEqualTo(expected);
                permitted += expected ? 1 : 0;
                asked++;
            }
        }
        assertThat(permitted).as("both answers are given often").isBetween(asked / 10, asked * 9 / 10);
    }
}
