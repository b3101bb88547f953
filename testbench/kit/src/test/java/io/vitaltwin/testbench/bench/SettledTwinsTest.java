package io.vitaltwin.testbench.bench;

import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.TrustedRecords;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.VerdictCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class SettledTwinsTest {

    static {
        TrustedRecords.trust();
    }

    @Test
    void shouldKeepTheTwinOfFiveVitalsWithinSixHundredBytes(@TempDir Path folder) {
        // When
        TwinSizes sizes = SettledTwins.measure(folder, 1);
        // Then
        assertThat(sizes.twins()).isEqualTo(SettledTwins.PATIENTS);
        assertThat(sizes.maxStateBytes()).isBetween(1, ThroughputReport.STATE_LIMIT);
        assertThat(sizes.meanStateBytes()).isBetween(1.0, (double) sizes.maxStateBytes());
    }

    @Test
    void shouldRememberTheLargestStateAndTheNewestCounts() {
        // Given
        var collector = new TwinSizes.Collector();
        // When
        collector.add(twin("p1", 500, 5));
        collector.add(twin("p1", 300, 10));
        collector.add(twin("p2", 100, 4));
        // Then
        assertThat(collector.sizes()).isEqualTo(new TwinSizes(2, 16, 14, 500, 200.0));
    }

    private static TwinSnapshot twin(String patient, int bytes, long applied) {
        return TwinSnapshot.newBuilder().setPatientId(patient).setAppendTime(Instant.EPOCH).setStateBytes(bytes)
                .setFates(Fates.newBuilder().setApplied(applied).setLate(1).build()).setVerdicts(VerdictCounts.newBuilder().build()).build();
    }
}
