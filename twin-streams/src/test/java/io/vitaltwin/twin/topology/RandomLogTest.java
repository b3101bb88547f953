package io.vitaltwin.twin.topology;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.ViolationReason;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.CAT;
import static org.assertj.core.api.Assertions.assertThat;

/** Laws that hold for any log: nothing is lost or counted twice, the same log gives the same alerts, nobody is named in a log line. */
class RandomLogTest {

    private static final List<String> ALL = List.of(ANN, BEN, CAT);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_261})
    void shouldGiveEveryReadingExactlyOneFate(long seed) {
        // Given
        RandomLog log = new RandomLog(seed, ALL);
        // When
        try (DrivenTwin twin = new DrivenTwin().play(log.withTicks(Duration.ofSeconds(5)))) {
            // Then
            for (String patient : ALL) {
                Fates fates = twin.fates(patient);
                assertThat(fates.getApplied() + fates.getDuplicate() + fates.getLate() + fates.getRefused() + fates.getDead())
                        .as("readings of %s", patient).isEqualTo(log.sent(patient));
                assertThat(twin.violatingReadings(patient)).as("refused readings of %s", patient).isEqualTo(fates.getRefused());
                assertThat(twin.deadLetters().stream().filter(dead -> patient.equals(dead.key())).count()).isEqualTo(fates.getDead());
                var verdicts = twin.snapshot(patient).getVerdicts();
                assertThat(verdicts.getAccept() + verdicts.getSuspect() + verdicts.getReject()).isEqualTo(fates.getApplied() + fates.getLate());
            }
            List<Fates> all = ALL.stream().map(twin::fates).toList();
            assertThat(all).as("the log has some of each").anyMatch(fates -> fates.getApplied() > 0).anyMatch(fates -> fates.getDuplicate() > 0)
                    .anyMatch(fates -> fates.getLate() > 0).anyMatch(fates -> fates.getRefused() > 0).anyMatch(fates -> fates.getDead() > 0);
            Set<ViolationReason> reasons = EnumSet.noneOf(ViolationReason.class);
            ALL.forEach(patient -> twin.violations(patient).forEach(violation -> reasons.add(violation.getReason())));
            assertThat(reasons).contains(ViolationReason.HYPERCOLLECTION, ViolationReason.WITHDRAWN);
            assertThat(ALL.stream().flatMap(patient -> twin.flags(patient).stream()).flatMap(flag -> flag.getReasons().stream()))
                    .contains("CLOCK_FUTURE", "CLOCK_CORRECTED");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void shouldKeepOneOpenEpisodePerFamily(long seed) {
        try (DrivenTwin twin = new DrivenTwin().play(new RandomLog(seed, ALL).withTicks(Duration.ofSeconds(5)))) {
            for (String patient : ALL) {
                Map<String, String> open = new HashMap<>();
                for (AlertEvent alert : twin.alerts(patient)) {
                    switch (alert.getEvent()) {
                        case RAISED -> assertThat(open.put(alert.getFamily(), alert.getAlertId())).as(alert.getFamily()).isNull();
                        case CLEARED, INVALIDATED -> assertThat(open.remove(alert.getFamily())).isEqualTo(alert.getAlertId());
                        case UPGRADED, DOWNGRADED, UPDATED -> assertThat(open).containsEntry(alert.getFamily(), alert.getAlertId());
                    }
                }
                assertThat(twin.snapshot(patient).getOpenAlerts()).extracting("alertId").containsExactlyInAnyOrderElementsOf(new ArrayList<Object>(open.values()));
                assertThat(twin.alerts(patient, AlertEventType.RAISED)).isNotEmpty().extracting(AlertEvent::getAlertId).doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {6, 7})
    void shouldGiveTheSameBytesInAReplay(long seed) {
        // Given
        List<Input> inputs = new RandomLog(seed, ALL).withTicks(Duration.ofSeconds(5));
        // When
        List<String> first;
        List<String> again;
        try (DrivenTwin twin = new DrivenTwin().play(inputs)) {
            first = alertsInBytes(twin);
        }
        try (DrivenTwin twin = new DrivenTwin().play(inputs)) {
            again = alertsInBytes(twin);
        }
        // Then
        assertThat(again).isNotEmpty().isEqualTo(first);
    }

    private static List<String> alertsInBytes(DrivenTwin twin) {
        return twin.records(Story.TOPICS.alerts()).stream().map(RandomLogTest::inBytes).toList();
    }

    private static String inBytes(TestRecord<String, byte[]> alert) {
        return alert.key() + " " + alert.timestamp() + " " + HexFormat.of().formatHex(alert.value());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {8, 9})
    void shouldDecideTheSameHoweverOftenItTicks(long seed) {
        // Given
        RandomLog log = new RandomLog(seed, ALL);
        // When
        Map<Duration, Map<String, List<String>>> byTicks = new HashMap<>();
        for (Duration every : List.of(Duration.ofSeconds(1), Duration.ofSeconds(17), RandomLog.LENGTH)) {
            try (DrivenTwin twin = new DrivenTwin().play(log.withTicks(every))) {
                byTicks.put(every, byPatient(twin));
            }
        }
        // Then
        assertThat(byTicks.get(Duration.ofSeconds(17))).isEqualTo(byTicks.get(Duration.ofSeconds(1)));
        assertThat(byTicks.get(RandomLog.LENGTH)).isEqualTo(byTicks.get(Duration.ofSeconds(1)));
    }

    private static Map<String, List<String>> byPatient(DrivenTwin twin) {
        Map<String, List<String>> alerts = new HashMap<>();
        twin.records(Story.TOPICS.alerts()).forEach(alert -> alerts.computeIfAbsent(alert.key(), key -> new ArrayList<>()).add(inBytes(alert)));
        return alerts;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {10, 11})
    void shouldDecideTheSameForAPatientWhoeverElseSends(long seed) {
        // Given
        List<Input> crowd = new RandomLog(seed, ALL).withTicks(Duration.ofSeconds(5));
        List<Input> alone = crowd.stream().filter(input -> input.key() == null || input.key().equals(BEN)).toList();
        // When
        List<AlertEvent> inCrowd;
        List<AlertEvent> byHerself;
        try (DrivenTwin twin = new DrivenTwin().play(crowd)) {
            inCrowd = withoutOffsets(twin.alerts(BEN));
        }
        try (DrivenTwin twin = new DrivenTwin().play(alone)) {
            byHerself = withoutOffsets(twin.alerts(BEN));
        }
        // Then
        assertThat(byHerself).isNotEmpty().isEqualTo(inCrowd);
    }

    /** Where a reading lies does depend on who else sends. */
    private static List<AlertEvent> withoutOffsets(List<AlertEvent> alerts) {
        for (AlertEvent alert : alerts) {
            for (Evidence evidence : alert.getEvidence()) {
                evidence.setOffset(0);
            }
        }
        return alerts;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {12, 13})
    void shouldPublishAtMostOneSnapshotASecondPerPatient(long seed) {
        try (DrivenTwin twin = new DrivenTwin().play(new RandomLog(seed, ALL).withTicks(Duration.ofSeconds(1)))) {
            for (String patient : ALL) {
                Instant before = Instant.MIN;
                for (TwinSnapshot snapshot : twin.snapshots(patient)) {
                    assertThat(snapshot.getAppendTime()).isAfterOrEqualTo(before.equals(Instant.MIN) ? before : before.plusSeconds(1));
                    before = snapshot.getAppendTime();
                }
                assertThat(twin.snapshots(patient)).isNotEmpty();
            }
        }
    }

    @Test
    void shouldNeverNameAPatientOrAValueInALogLine() {
        // Given
        Logger logger = (Logger) LoggerFactory.getLogger("io.vitaltwin");
        Level before = logger.getLevel();
        String here = Thread.currentThread().getName();
        ListAppender<ILoggingEvent> lines = new ListAppender<>() {
            @Override
            protected void append(ILoggingEvent line) {
                if (line.getThreadName().equals(here)) { // threads that other tests left behind have nothing to do with it
                    super.append(line);
                }
            }
        };
        lines.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(lines);
        // When
        try (DrivenTwin twin = new DrivenTwin().play(new RandomLog(14, ALL).withTicks(Duration.ofSeconds(17)))) {
            logger.debug("the appender listens");
            assertThat(twin.deadLetters()).isNotEmpty();
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
            logger.setAdditive(true);
        }
        // Then: the only numbers allowed are coordinates, which this topology logs none of
        assertThat(lines.list).isNotEmpty().allSatisfy(line -> {
            String whole = line.getFormattedMessage() + line.getKeyValuePairs() + line.getThrowableProxy();
            assertThat(whole).doesNotContain("patient-").doesNotContain("furlong").doesNotContainPattern("\\d+\\.\\d");
        });
    }
}
