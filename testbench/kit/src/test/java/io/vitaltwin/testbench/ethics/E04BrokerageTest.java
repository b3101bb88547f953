package io.vitaltwin.testbench.ethics;

import io.vitaltwin.schemas.Processing;
import io.vitaltwin.schemas.ProcessingRegister;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** E4: nothing is sold on. */
@Tag("ethics")
class E04BrokerageTest {

    /** Names of packages that report on users to somebody else. */
    private static final List<String> TRACKERS = List.of("analytics", "segment", "mixpanel", "amplitude", "firebase", "crashlytics", "sentry", "bugsnag",
            "rollbar", "datadog", "newrelic", "appdynamics", "dynatrace", "matomo", "posthog", "snowplow", "facebook", "adjust", "appsflyer",
            "flurry", "hotjar", "applicationinsights", "opentelemetry-exporter", "launchdarkly");

    @Test
    void shouldHaveNoTrackerOnTheClassPath() {
        assertThat(jars()).hasSizeGreaterThan(20).allSatisfy(jar -> assertThat(isTracker(jar)).as(jar).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"google-analytics-1.0.jar", "sentry-logback-8.0.0.jar", "newrelic-api.jar"})
    void shouldKnowATrackerWhenThereIsOne(String jar) {
        assertThat(isTracker(jar)).isTrue();
    }

    private static List<String> jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(path -> path.endsWith(".jar"))
                .map(path -> String.valueOf(Path.of(path).getFileName()).toLowerCase(Locale.ROOT)).toList();
    }

    private static boolean isTracker(String jar) {
        return TRACKERS.stream().anyMatch(jar::contains);
    }

    /** A way out that nobody declared is in no register, so nobody could have agreed to it. */
    @Test
    void shouldDeclareEveryWayOutAndLetNothingOutForAPurposeOfItsOwn() {
        assertThat(ProcessingRegister.all()).allSatisfy(entry -> assertThat(entry.purposes()).doesNotContainAnyElementsOf(Set.of("HMARKT", "HPAYMT", "HRESCH")));
        assertThat(ProcessingRegister.all().stream().filter(entry -> entry.receivers().contains("sink")).map(Processing::what))
                .containsExactlyInAnyOrder("readings", "alerts");
    }
}
