package io.vitaltwin.alerts.core;

import io.vitaltwin.schemas.ActionKind;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.Notification;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.WorkflowEventType;
import io.vitaltwin.schemas.WorkflowState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Random stories, told to the workflow and to a naive one: the same people are told the same at the same times. */
class WorkflowModelTest {

    private static final List<String> RULES = List.of("HR_TACHY_REST", "HR_BRADY", "SPO2_LOW", "SPO2_CRIT", "CGM_URGENT_LOW", "CGM_HYPO_L1", "FEVER",
            "AF_SUSPECT");
    private static final List<String> ACTORS = List.of("nurse-1", "nurse-2");
    private static final Policy NO_STORMS = new Policy(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(60), Duration.ofMinutes(30),
            Duration.ofHours(8), Duration.ofMinutes(30), Duration.ofHours(24), Duration.ofHours(24), Duration.ofMinutes(60), Duration.ofSeconds(60),
            100_000, Duration.ofHours(1), Duration.ofHours(24));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldDoWhatTheNaiveWorkflowDoes(long seed) {
        // Given
        Random random = new Random(seed);
        Stage stage = new Stage(NO_STORMS);
        NaiveWorkflow naive = new NaiveWorkflow(Stage.T0.toEpochMilli());
        List<String> ids = new ArrayList<>();
        Duration at = Duration.ZERO;
        // When
        for (int i = 0; i < 200; i++) {
            at = at.plus(pause(random));
            naive.goOnTo(Stage.T0.plus(at).toEpochMilli());
            play(random, stage, naive, ids, i, at);
            assertThat(states(stage)).as("after input %s at %s", i, at).isEqualTo(naive.states());
        }
        // Then
        assertThat(stage.notices.stream().map(WorkflowModelTest::line).sorted().toList()).isEqualTo(naive.tellings.stream().sorted().toList());
        assertThat(stage.notices).extracting(Notification::getNotificationId).doesNotHaveDuplicates();
        assertThat(stage.events).filteredOn(event -> event.getType() != WorkflowEventType.REFUSED).extracting("eventId").doesNotHaveDuplicates();
    }

    private static Duration pause(Random random) {
        long steps = switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> random.nextInt(3);
            case 4, 5, 6 -> random.nextInt(40);
            case 7, 8 -> random.nextInt(240);
            default -> random.nextInt(4_000);
        };
        return Duration.ofMillis(steps * NaiveWorkflow.STEP_MILLIS);
    }

    private static void play(Random random, Stage stage, NaiveWorkflow naive, List<String> ids, int i, Duration at) {
        String rule = RULES.get(random.nextInt(RULES.size()));
        Priority priority = Priority.values()[random.nextInt(4)];
        String id = ids.isEmpty() || random.nextInt(4) == 0 ? "new" : ids.get(Math.max(0, ids.size() - 1 - random.nextInt(4)));
        if (id.equals("new")) {
            String fresh = "a" + i;
            ids.add(fresh);
            AlertEvent event = Stage.event(fresh, AlertEventType.RAISED, rule, priority, at);
            stage.twin(event, at);
            naive.raise(fresh, rule, event.getFamily(), priority);
            return;
        }
        HandledAlert known = stage.pass(at).caseload().find(id).orElse(null);
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                if (known != null && known.condition().holds()) {
                    boolean worse = Urgency.isAbove(priority, known.condition().priority());
                    stage.twin(Stage.event(id, worse ? AlertEventType.UPGRADED : AlertEventType.DOWNGRADED, known.condition().rule(), priority, at), at);
                    naive.level(id, known.condition().rule(), priority);
                }
            }
            case 2, 3 -> {
                AlertEventType type = random.nextInt(8) == 0 ? AlertEventType.INVALIDATED : AlertEventType.CLEARED;
                AlertEvent end = Stage.event(id, type, rule, priority, at);
                end.setEndReason(random.nextInt(6) == 0 ? "CONSENT_CHANGED" : "");
                stage.twin(end, at);
                naive.over(id, end.getEndReason().isEmpty() && type == AlertEventType.CLEARED);
            }
            default -> act(random, stage, naive, id, i, at);
        }
    }

    private static void act(Random random, Stage stage, NaiveWorkflow naive, String id, int i, Duration at) {
        ActionKind kind = ActionKind.values()[random.nextInt(ActionKind.values().length)];
        String actor = ACTORS.get(random.nextInt(4) / 3);
        String undoes = "act" + (i - 1 - random.nextInt(4) / 3);
        Duration length = Duration.ofMillis((random.nextInt(40) - 2) * (random.nextInt(5) == 0 ? 3_600_000L : 120_000L));
        int events = stage.events.size();
        stage.act(kind, id, at, action -> action.setActionId("act" + i).setActor(actor).setText("r").setUntil(Stage.T0.plus(at).plus(length))
                .setUndoes(undoes).setAssignee("nurse-3"));
        boolean possible = stage.events.subList(events, stage.events.size()).stream().noneMatch(event -> event.getType() == WorkflowEventType.REFUSED);
        assertThat(possible).as("%s of %s, input %s", kind, id, i).isEqualTo(naive.act("act" + i, kind, id, actor, length.toMillis(), undoes));
    }

    private static Map<String, WorkflowState> states(Stage stage) {
        Map<String, WorkflowState> states = new TreeMap<>();
        stage.caseload().alerts().forEach((id, alert) -> states.put(id, alert.state()));
        return states;
    }

    private static String line(Notification notice) {
        return notice.getAlertId() + " " + notice.getStep() + " " + notice.getTime().toEpochMilli();
    }
}
