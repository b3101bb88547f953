package io.vitaltwin.testbench.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The directions between modules and packages, below one root package: the project's own, or that of the fixture that breaks them.
 */
record Directions(String root) {

    /** Module by module: what it may know besides itself. {@code standalone} is the module deploy. */
    ArchRule schemasKnowsNobody() {
        return knowsOnly("schemas");
    }

    ArchRule ingestKnowsSchemas() {
        return knowsOnly("ingest", "schemas");
    }

    ArchRule twinKnowsSchemas() {
        return knowsOnly("twin", "schemas");
    }

    ArchRule alertsKnowsSchemas() {
        return knowsOnly("alerts", "schemas");
    }

    ArchRule standaloneDoesNotKnowTestbench() {
        return knowsOnly("standalone", "schemas", "ingest", "twin", "alerts");
    }

    /** The twin's core decides everything and knows the JDK, less what does I/O. */
    ArchRule twinCoreKnowsTheJdkOnly() {
        return noClasses().that().resideInAPackage(below("twin.core"))
                .should().dependOnClassesThat(notOf(below("twin.core"), "java.lang..", "java.util..", "java.math..", "java.time..",
                        "java.nio", "java.nio.charset..", "java.text..", "java.security..", "org.jspecify.."))
                .as("the core of the twin knows the JDK only, and none of its I/O");
    }

    /** What to do about alerts is decided on the records of the topics. */
    ArchRule alertsCoreKnowsSchemasAndTheJdkOnly() {
        return noClasses().that().resideInAPackage(below("alerts.core"))
                .should().dependOnClassesThat(notOf(below("alerts.core"), below("schemas"), "java.lang..", "java.util..", "java.math..",
                        "java.time..", "java.nio.charset..", "java.security..", "org.jspecify.."))
                .as("the core of alerts knows the JDK and the records of the topics only");
    }

    /** A replay must see the same time, the same random numbers and the same ids: neither core nor topology asks the machine. */
    ArchRule decisionsDoNotAskTheMachine() {
        return noClasses().that().resideInAnyPackage(below("twin.core"), below("twin.topology"), below("alerts.core"), below("alerts.topology"))
                .should().accessTargetWhere(describe("the wall clock or randomness", (JavaAccess<?> access) -> asksTheMachine(access.getTarget())))
                .orShould().dependOnClassesThat(assignableTo(InstantSource.class).or(assignableTo(Clock.class)))
                .as("core and topology ask neither the wall clock nor for random numbers");
    }

    ArchRule coreDoesNotKnowItsSurroundings() {
        return noClasses().that().resideInAPackage(below("*.core"))
                .should().dependOnClassesThat(resideInAnyPackage(below("*.topology"), below("*.adapter"), below("*.query"), below("*.replay")))
                .as("core does not know topology, adapter, query or replay");
    }

    ArchRule onlyTheEmbeddedBrokerKnowsTheServer() {
        return noClasses().that(not(describe("are the embedded broker", this::isEmbeddedBroker)))
                .should().dependOnClassesThat(resideInAPackage("kafka.."))
                .as("only EmbeddedBroker imports kafka.*");
    }

    private ArchRule knowsOnly(String module, String... others) {
        DescribedPredicate<JavaClass> allowed = resideInAPackage(below(module));
        for (String other : others) {
            allowed = allowed.or(resideInAPackage(below(other)));
        }
        return noClasses().that().resideInAPackage(below(module))
                .should().dependOnClassesThat(resideInAPackage(root + "..").and(not(allowed)))
                .as(module + " knows " + (others.length == 0 ? "nobody" : String.join(", ", others) + " and nobody else"));
    }

    /** Types outside the packages; an array counts as what it is made of. */
    private static DescribedPredicate<JavaClass> notOf(String... packages) {
        DescribedPredicate<JavaClass> known = resideInAnyPackage(packages);
        return describe("are outside " + String.join(", ", packages),
                type -> !type.getBaseComponentType().isPrimitive() && !known.test(type.getBaseComponentType()));
    }

    private String below(String part) {
        return root + "." + part + "..";
    }

    private boolean isEmbeddedBroker(JavaClass type) {
        String name = root + ".standalone.EmbeddedBroker";
        return type.getName().equals(name) || type.getName().startsWith(name + "$");
    }

    private static boolean asksTheMachine(AccessTarget target) {
        String owner = target.getOwner().getName();
        String member = target.getName();
        return switch (owner) {
            case "java.lang.System" -> Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "identityHashCode").contains(member);
            case "java.lang.Math" -> member.equals("random");
            case "java.lang.Thread" -> member.equals("sleep");
            case "java.util.UUID" -> member.equals("randomUUID");
            case "java.util.concurrent.ThreadLocalRandom", "java.security.SecureRandom" -> true;
            case "org.apache.kafka.streams.processor.PunctuationType" -> member.equals("WALL_CLOCK_TIME");
            default -> owner.startsWith("java.time.") && member.equals("now");
        };
    }

    private static <T> DescribedPredicate<T> describe(String description, java.util.function.Predicate<T> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}
