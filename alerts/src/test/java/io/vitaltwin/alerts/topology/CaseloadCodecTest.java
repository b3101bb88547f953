package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.core.Attention;
import io.vitaltwin.alerts.core.Basis;
import io.vitaltwin.alerts.core.Caseload;
import io.vitaltwin.alerts.core.Condition;
import io.vitaltwin.alerts.core.HandledAlert;
import io.vitaltwin.alerts.core.Handling;
import io.vitaltwin.alerts.core.Step;
import io.vitaltwin.alerts.topology.CaseloadCodec.Stored;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CaseloadCodecTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReadWhatItWrote(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Stored stored = new Stored(caseload(random), random.nextBoolean() ? Caseloads.NEVER : random.nextLong());
            assertThat(CaseloadCodec.decode(CaseloadCodec.encode(stored))).isEqualTo(stored);
        }
    }

    @Test
    void shouldRefuseALaterVersionAndBytesThatEndTooEarly() {
        byte[] bytes = CaseloadCodec.encode(new Stored(caseload(new Random(1)), 5));
        byte[] later = bytes.clone();
        later[0] = 2;
        assertThatThrownBy(() -> CaseloadCodec.decode(later)).isInstanceOf(IllegalStateException.class).hasMessageContaining("version 2");
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> CaseloadCodec.decode(shorter)).isInstanceOf(IllegalStateException.class);
    }

    /** An open alert is some hundred bytes: a patient's caseload stays small. */
    @Test
    void shouldBeSmall() {
        Caseload empty = Caseload.empty();
        assertThat(CaseloadCodec.encode(new Stored(empty, 0))).hasSizeLessThan(40);
    }

    private static Caseload caseload(Random random) {
        TreeMap<String, HandledAlert> alerts = new TreeMap<>();
        IntStream.range(0, random.nextInt(4)).forEach(i -> alerts.put("a" + i, alert(random, "a" + i)));
        Map<String, Long> actions = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(4)).forEach(i -> actions.put(text(random) + i, random.nextLong()));
        TreeMap<String, Caseload.LeftSnooze> snoozes = new TreeMap<>();
        if (random.nextBoolean()) {
            snoozes.put("HR", new Caseload.LeftSnooze("HR_BRADY", priority(random), text(random), random.nextLong(), random.nextLong()));
        }
        return new Caseload(alerts, random.longs(random.nextInt(4)).boxed().toList(), snoozes, actions, random.nextLong());
    }

    private static HandledAlert alert(Random random, String id) {
        Condition condition = new Condition(id, text(random), text(random), priority(random), priority(random), Lane.values()[random.nextInt(3)],
                random.nextLong(), random.nextLong(), text(random), List.of(text(random)), List.of(new Basis("d", text(random), random.nextLong())),
                text(random), random.nextBoolean());
        Optional<HandledAlert.Undoable> undo = random.nextBoolean() ? Optional.empty()
                : Optional.of(new HandledAlert.Undoable(text(random), text(random), random.nextLong(), handling(random)));
        return new HandledAlert(condition, handling(random), text(random), List.of(text(random), text(random)), undo, random.nextInt(), random.nextLong());
    }

    private static Handling handling(Random random) {
        Attention attention = switch (random.nextInt(4)) {
            case 0 -> new Attention.Waiting();
            case 1 -> new Attention.Acknowledged(text(random), random.nextLong(), random.nextInt());
            case 2 -> new Attention.Snoozed(text(random), random.nextLong(), random.nextLong());
            default -> new Attention.Ended(text(random), random.nextLong(), text(random));
        };
        Optional<Handling.Held> held = random.nextBoolean() ? Optional.empty()
                : Optional.of(new Handling.Held(Step.values()[random.nextInt(Step.values().length)], text(random), random.nextLong()));
        return new Handling(random.nextInt(), random.nextLong(), random.nextInt(), attention, text(random), held, text(random));
    }

    private static Priority priority(Random random) {
        return Priority.values()[random.nextInt(4)];
    }

    private static String text(Random random) {
        return List.of("", "SPO2_CRIT", "°C µmol", "心拍", "x".repeat(70_000)).get(random.nextInt(20) == 0 ? 4 : random.nextInt(4));
    }
}
