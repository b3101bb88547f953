package io.vitaltwin.testbench.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The directions hold in the project, and each rule finds the class of the fixture that breaks it. */
class DirectionsTest {

    private static final String ROOT = "io.vitaltwin";
    private static final String FIXTURE = "io.vitaltwin.testbench.architecture.fixture";

    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURE);

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(Directions::schemasKnowsNobody, "KnowsIngest"),
                rule(Directions::ingestKnowsSchemas, "KnowsTheTwin"),
                rule(Directions::twinKnowsSchemas, "KnowsAlerts"),
                rule(Directions::alertsKnowsSchemas, "KnowsTheTwinToo"),
                rule(Directions::standaloneDoesNotKnowTestbench, "KnowsTestbench"),
                rule(Directions::twinCoreKnowsTheJdkOnly, "KnowsKafka", "KnowsTheRecords", "Logs", "Prints", "ReadsAFile", "CallsOut", "KnowsItsTopology"),
                rule(Directions::alertsCoreKnowsSchemasAndTheJdkOnly, "KnowsTheTwinToo", "DecidesWithKafka"),
                rule(Directions::decisionsDoNotAskTheMachine, "AsksTheClock", "HoldsAClock", "ThrowsDice", "WakesByTheWallClock"),
                rule(Directions::coreDoesNotKnowItsSurroundings, "KnowsItsTopology"),
                rule(Directions::onlyTheEmbeddedBrokerKnowsTheServer, "KnowsTheServer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void shouldHoldInTheProject(String name, Function<Directions, ArchRule> rule, List<String> breakers) {
        rule.apply(new Directions(ROOT)).check(PROJECT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void shouldFindEachClassThatBreaksTheRuleAndNoOther(String name, Function<Directions, ArchRule> rule, List<String> breakers) {
        // When
        List<String> found = rule.apply(new Directions(FIXTURE)).evaluate(BROKEN).getFailureReport().getDetails();
        // Then
        assertThat(breakers).allSatisfy(breaker -> assertThat(found).anyMatch(line -> names(line, breaker)));
        assertThat(found).allMatch(line -> breakers.stream().anyMatch(breaker -> names(line, breaker)));
    }

    @Test
    void shouldSeeEveryModule() {
        assertThat(List.of("schemas", "ingest", "twin", "twin.core", "twin.topology", "alerts", "alerts.core", "standalone", "testbench"))
                .allSatisfy(part -> assertThat(PROJECT).anyMatch(type -> type.getPackageName().equals(ROOT + "." + part)));
    }

    @Test
    void shouldMarkEveryPackageAsNullMarked() {
        // Given: io.vitaltwin.schemas holds generated records, and is marked all the same
        List<String> unmarked = PROJECT.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(there -> !there.isAnnotatedWith(NullMarked.class))
                .map(there -> there.getName())
                .sorted()
                .toList();
        // Then
        assertThat(unmarked).isEmpty();
    }

    private static boolean names(String line, String breaker) {
        return line.contains("." + breaker + ".") || line.contains("." + breaker + ">");
    }

    private static Arguments rule(Function<Directions, ArchRule> rule, String... breakers) {
        return Arguments.of(rule.apply(new Directions(ROOT)).getDescription(), rule, List.of(breakers));
    }
}
