package io.vitaltwin.testbench.cohort;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** The truth is made without the code that is measured by it. */
class IndependenceTest {

    private static final JavaClasses TESTBENCH = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.vitaltwin.testbench");

    @Test
    void shouldKnowNeitherRulesNorChecksNorTheTwin() {
        rule("io.vitaltwin.testbench.cohort").check(TESTBENCH);
    }

    @Test
    void shouldNotKnowTheReport() {
        noClasses().that().resideInAPackage("io.vitaltwin.testbench.cohort..")
                .should().dependOnClassesThat().resideInAPackage("io.vitaltwin.testbench.bench..").check(TESTBENCH);
    }

    @Test
    void shouldFindAPackageThatKnowsThem() {
        assertThat(rule("io.vitaltwin.testbench.bench.cohort").evaluate(TESTBENCH).hasViolation()).isTrue();
    }

    private static ArchRule rule(String root) {
        return noClasses().that().resideInAPackage(root + "..").should().dependOnClassesThat().resideInAnyPackage(
                "io.vitaltwin.twin.core.rules..", "io.vitaltwin.twin.core.quality..", "io.vitaltwin.twin.core.news2..",
                "io.vitaltwin.twin.core.state..", "io.vitaltwin.twin.core.part..", "io.vitaltwin.twin.core.consent..",
                "io.vitaltwin.twin.topology..", "io.vitaltwin.twin.adapter..");
    }
}
