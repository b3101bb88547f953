package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.topology.DrivenWorkflow.Input;
import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Topic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static io.vitaltwin.alerts.topology.DrivenWorkflow.T0;
import static io.vitaltwin.alerts.topology.DrivenWorkflow.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

/** I4: the same log gives the same workflow, whatever ticks a replay sees between the timers. */
class ReplayTest {

    private static final List<String> PATIENTS = List.of("ann", "bob", "cleo");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldWriteTheSameBytesForEachPatient(long seed) {
        // Given
        List<Input> log = log(new Random(seed));
        // When
        try (DrivenWorkflow live = new DrivenWorkflow(folder.resolve("live")); DrivenWorkflow replay = new DrivenWorkflow(folder.resolve("replay"))) {
            play(live, log, Duration.ofSeconds(3));
            play(replay, log, Duration.ofSeconds(29));
            // Then
            for (String patient : PATIENTS) {
                assertThat(replay.events(patient)).isNotEmpty().isEqualTo(live.events(patient));
                assertThat(replay.notices(patient)).isNotEmpty().isEqualTo(live.notices(patient));
                for (Topic<?> topic : List.of(TOPICS.alertWorkflow(), TOPICS.notifications())) {
                    assertThat(bytes(replay, topic, patient)).isEqualTo(bytes(live, topic, patient));
                }
            }
            assertThat(live.notices("ann")).extracting("notificationId").doesNotHaveDuplicates();
        }
    }

    private static void play(DrivenWorkflow flow, List<Input> log, Duration every) {
        for (Input input : log) {
            flow.tickTo(input.at(), every).play(input);
        }
        flow.tickTo(log.getLast().at().plus(Duration.ofHours(2)), every);
    }

    private static List<String> bytes(DrivenWorkflow flow, Topic<?> topic, String patient) {
        return flow.records(topic).stream().filter(record -> patient.equals(record.key())).map(TestRecord::value).map(Arrays::toString).toList();
    }

    private static List<Input> log(Random random) {
        List<Input> log = new ArrayList<>();
        Instant at = T0;
        for (int i = 0; i < 70; i++) {
            at = at.plusMillis(random.nextInt(random.nextInt(8) == 0 ? 1_800_000 : 120_000));
            String patient = PATIENTS.get(random.nextInt(3));
            String id = patient + "-" + random.nextInt(30);
            String rule = "RULE_" + id.hashCode() % 7;
            Priority priority = Priority.values()[random.nextInt(4)];
            if (random.nextInt(3) > 0) {
                AlertEventType type = AlertEventType.values()[random.nextInt(AlertEventType.values().length)];
                log.add(DrivenWorkflow.alert(patient, id, type, rule, priority, at));
            } else {
                log.add(DrivenWorkflow.action(patient, "act-" + i, id, ActionKind.values()[random.nextInt(ActionKind.values().length)], at));
            }
        }
        return log;
    }
}
