package io.vitaltwin.twin.core.daily;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.state.Point;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class KeptTest {

    @Test
    void shouldRestoreAnyList() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            List<Kept> readings = new ArrayList<>();
            int count = random.nextInt(10);
            for (int i = 0; i < count; i++) {
                readings.add(new Kept("device" + random.nextInt(3), new Point(
                        1_772_409_600_000L + random.nextInt(), Value.measured(random.nextInt(), Unit.values()[random.nextInt(Unit.values().length)]),
                        Grade.values()[random.nextInt(4)], Verdict.values()[random.nextInt(3)], Context.values()[random.nextInt(5)],
                        random.nextInt(1 << 20), random.nextInt(1_000) - 1, Math.abs(random.nextLong() / 4), random.nextInt(100))));
            }
            ByteBuffer out = ByteBuffer.allocate(2_000);
            Kept.encode(out, readings);
            assertThat(Kept.decode(out.flip())).as("seed %d", seed).isEqualTo(readings);
            assertThat(out.hasRemaining()).isFalse();
        }
    }
}
