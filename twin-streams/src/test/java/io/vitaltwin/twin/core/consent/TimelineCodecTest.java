package io.vitaltwin.twin.core.consent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The stored form of a timeline; every seeded timeline goes through it in {@link NestedConsentTest}. */
class TimelineCodecTest {

    private static final long T0 = 1_772_409_600_000L;
    private static final List<ConsentVersion> VERSIONS = List.of(
            new ConsentVersion("c", "1", ConsentStatus.ACTIVE, T0 + 60_000, T0, List.of(
                    Provision.permit("TREAT").forVitals("spo2", "heart_rate").during(T0, T0 + 86_400_000).forData(T0 - 86_400_000, Provision.OPEN_END),
                    Provision.deny("HRESCH").forActors("lab").forActions("DISCLOSE"))),
            new ConsentVersion("c", "2", ConsentStatus.ENTERED_IN_ERROR, T0, T0 + 3_600_000, List.of()));
    /** What format 1 wrote of these versions. */
    private static final String FORMAT_1 = "0102016301310280e0c1bd9567c0a907020e01055452454154020a68656172745f726174650473706f3200000080f0b252ffef"
            + "b2520101064852455343480001036c61620108444953434c4f5345016301320580bab703ffb9b70300";

    @Test
    void shouldReadWhatAnOlderVersionWrote() {
        assertThat(TimelineCodec.decode(HexFormat.of().parseHex(FORMAT_1))).isEqualTo(VERSIONS);
    }

    /** A flat consent takes the same bytes as before but for the first. */
    @Test
    void shouldNotGrow() {
        String written = HexFormat.of().formatHex(TimelineCodec.encode(VERSIONS));
        assertThat(written).startsWith("02").hasSameSizeAs(FORMAT_1);
        assertThat(written.substring(2)).isEqualTo(FORMAT_1.substring(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 99})
    void shouldRefuseAnUnknownFormat(int format) {
        byte[] bytes = TimelineCodec.encode(VERSIONS);
        bytes[0] = (byte) format;
        assertThatThrownBy(() -> TimelineCodec.decode(bytes)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format " + format).hasMessageContaining("only 1 to 2");
    }

    @Test
    void shouldRefuseWhatIsCutShortOrDamaged() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bytes = TimelineCodec.encode(new RandomConsents(seed).versions());
            byte[] shorter = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertThatThrownBy(() -> TimelineCodec.decode(shorter)).as("seed %d", seed).isInstanceOf(IllegalArgumentException.class);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertReadsOrRefuses(bytes);
        }
    }

    private static void assertReadsOrRefuses(byte[] bytes) {
        try {
            ConsentTimeline.decode(bytes).decide("spo2", "TREAT", "vitaltwin", Stage.USE, T0, T0);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("consent timeline");
        }
    }
}
