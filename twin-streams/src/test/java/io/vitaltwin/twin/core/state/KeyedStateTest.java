package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was added to stored forms: keys of episodes about one device, and when a device was last sighted. What was written before can be read. */
class KeyedStateTest {

    private static final long T0 = Instant.parse("2026-03-01T08:00:00Z").toEpochMilli();

    private static byte[] stored(Episode episode) {
        ByteBuffer out = ByteBuffer.allocate(200);
        episode.encode(out, T0);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static byte[] stored(DeviceState device) {
        ByteBuffer out = ByteBuffer.allocate(400);
        device.encode(out, T0);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"DATA_QUALITY, ''", "DATA_QUALITY, oxi1", "SPO2, ''", "CUSTOM, MY_RULE", "CUSTOM_FAULT, MY_RULE"})
    void shouldKeepTheKeyOfAnEpisode(Family family, String key) {
        Episode episode = new Episode(family, key, T0 - 5_000);
        episode.hold(RuleId.DEVICE_SHARED, Priority.LOW);
        Episode copy = Episode.decode(ByteBuffer.wrap(stored(episode)), T0);
        assertThat(copy).usingRecursiveComparison().isEqualTo(episode);
    }

    @ParameterizedTest
    @CsvSource({"SPO2, oxi1", "SILENCE, oxi1", "CUSTOM, ''", "CUSTOM_FAULT, ''"})
    void shouldRefuseAKeyThatDoesNotBelong(Family family, String key) {
        assertThatThrownBy(() -> new Episode(family, key, T0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(family.name());
    }

    /** As version 0.1 wrote them: family, key of a custom rule, start, tags, number of rules, rule and priority. */
    @Test
    void shouldReadEpisodesThatWereWrittenWithoutKeysOfDevices() {
        int quality = Family.DATA_QUALITY.ordinal();
        byte[] plain = {(byte) quality, (byte) 0xC8, 1, 0, 1, (byte) RuleId.DATA_QUALITY.ordinal(), (byte) Priority.LOW.ordinal()};
        Episode episode = Episode.decode(ByteBuffer.wrap(plain), T0);
        assertThat(episode.family()).isEqualTo(Family.DATA_QUALITY);
        assertThat(episode.key()).isEmpty();
        assertThat(episode.holds(RuleId.DATA_QUALITY)).isTrue();
        assertThat(stored(episode)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void shouldLeaveRoomForTheKeyBesideTheFamily(Family family) {
        assertThat(family.ordinal()).isLessThan(0x80);
        assertThat(family.isKeyed() && !family.mayBeKeyed()).isFalse();
    }

    /** A device without a serial number is never sighted, and takes not one byte more than before. */
    @Test
    void shouldNotLetOtherDevicesGrow() {
        assertThat(HexFormat.of().formatHex(stored(new DeviceState("d")))).startsWith("0164").endsWith("000000");
        assertThat(stored(new DeviceState("d")).length).isLessThan(20);
        DeviceState sighted = new DeviceState("d");
        sighted.sighted(T0 - 60_000);
        assertThat(stored(sighted).length).isEqualTo(stored(new DeviceState("d")).length + 1);
    }

    @Test
    void shouldKeepWhenADeviceWasSightedBesideItsHoles() {
        DeviceState device = new DeviceState("d");
        device.nextSequence(5);
        device.skipTo(9);
        device.skipTo(12);
        device.hold(20, T0 + 1_000);
        device.sighted(T0 - 61_000);
        DeviceState copy = DeviceState.decode(ByteBuffer.wrap(stored(device)), T0);
        assertThat(copy).usingRecursiveComparison().isEqualTo(device);
        assertThat(copy.sightedMillis()).isEqualTo(T0 - 120_000);
        assertThat(copy.isTaken(6)).isFalse();
        assertThat(copy.isTaken(4)).isTrue();
    }

    /** Minutes since a full hour. */
    @Test
    void shouldBeSightedOnceAnHourOfEffectiveTime() {
        DeviceState device = new DeviceState("d");
        assertThat(device.sightedMillis()).isZero();
        assertThat(device.sighted(T0 + 10 * 60_000)).isTrue();
        assertThat(device.sighted(T0 + 59 * 60_000)).isFalse();
        assertThat(device.sighted(T0 - 60_000)).as("of an earlier hour").isFalse();
        assertThat(device.sightedMillis()).isEqualTo(T0 + 10 * 60_000);
        assertThat(device.sighted(T0 + 60 * 60_000)).isTrue();
    }
}
