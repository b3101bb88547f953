package io.vitaltwin.testbench.bench.wearable;

import io.vitaltwin.testbench.data.ActivityMinutes;
import io.vitaltwin.testbench.data.ActivityMinutes.Minute;
import io.vitaltwin.testbench.data.DataSet;
import io.vitaltwin.testbench.data.SmallCopies;
import io.vitaltwin.twin.core.Context;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ActivitiesTest {

    /** Ten minutes of each with steps that are steps. */
    private static List<Minute> honest() {
        List<Minute> minutes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            minutes.add(new Minute(1, "band", "Lying", 0, 60 + i % 2));
        }
        for (int i = 0; i < 10; i++) {
            minutes.add(new Minute(1, "band", "Self Pace walk", 90, 90 + i % 2));
        }
        for (int i = 0; i < 10; i++) {
            minutes.add(new Minute(2, "band", "Running 7 METs", 150, 140 + i % 2));
        }
        return minutes;
    }

    @Test
    void shouldDeriveContextsOfTheCore() {
        Map<String, Map<Context, Integer>> found = Activities.contexts(honest(), "band");

        assertThat(found.get("Lying")).isEqualTo(Map.of(Context.REST, 10));
        assertThat(found.get("Self Pace walk")).isEqualTo(Map.of(Context.LIGHT, 10));
        assertThat(found.get("Running 7 METs")).isEqualTo(Map.of(Context.VIGOROUS, 10));
        assertThat(Activities.contexts(honest(), "other")).isEmpty();
    }

    /** The steps of the walker are not within the first minutes of the next person. */
    @Test
    void shouldKeepPersonsApart() {
        List<Minute> minutes = List.of(new Minute(1, "band", "Self Pace walk", 90, 90), new Minute(2, "band", "Lying", 0, 60));

        assertThat(Activities.contexts(minutes, "band").get("Lying")).isEqualTo(Map.of(Context.REST, 1));
    }

    @Test
    void shouldTakeStepsForStepsOnlyWhereTheyTellRunningFromLying() {
        assertThat(Activities.separations(honest())).singleElement().satisfies(found -> {
            assertThat(found.steps().value()).isEqualTo(1);
            assertThat(found.stepsMeanSteps()).isTrue();
        });
        List<Minute> same = honest().stream().map(minute -> new Minute(minute.person(), minute.device(), minute.activity(), 5, minute.heartRate())).toList();
        assertThat(Activities.separations(same).getFirst().stepsMeanSteps()).isFalse();
    }

    /** Known of the set: its steps are damaged. */
    @Test
    void shouldFindTheStepsOfTheSetDamaged() {
        List<Minute> minutes = ActivityMinutes.read(SmallCopies.of(DataSet.WEARABLE_ACTIVITY));

        assertThat(Activities.separations(minutes)).hasSize(2).noneMatch(Activities.Separation::stepsMeanSteps);
        assertThat(Activities.rows(minutes).stream().mapToInt(Activities.Row::minutes).sum()).isEqualTo(minutes.size());
    }
}
