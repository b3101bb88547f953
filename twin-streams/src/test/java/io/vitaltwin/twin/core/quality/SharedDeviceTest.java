package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.quality.SharedDevice.Sharing;
import io.vitaltwin.twin.core.quality.SharedDevice.Sighting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** CR 5.2 DQ-22. Times are minutes since the beginning, if not said otherwise; what is told reads {@code patient from-until}. */
class SharedDeviceTest {

    private static final long T0 = Instant.parse("2026-03-01T08:00:00Z").toEpochMilli();
    private static final long HOUR = 60;
    private static final long DAY = 24 * HOUR;
    private static final long OPEN = -1;

    private SharedDevice device = new SharedDevice();

    private static long millis(long minute) {
        return T0 + minute * 60_000;
    }

    /** What is told when this reading arrives at once; the device is stored and read again in between. */
    private List<String> see(String patient, long minute, long untilMinute) {
        return see(patient, minute, untilMinute, minute);
    }

    private List<String> see(String patient, long minute, long untilMinute, long appendMinute) {
        device = SharedDevice.decode(device.encode());
        return device.take(sighting(patient, minute, untilMinute, appendMinute)).stream().map(SharedDeviceTest::line).toList();
    }

    private static Sighting sighting(String patient, long minute, long untilMinute, long appendMinute) {
        return new Sighting(patient, "oxi-of-" + patient, millis(minute), untilMinute == OPEN ? Long.MAX_VALUE : millis(untilMinute), millis(appendMinute));
    }

    private static String line(Sharing sharing) {
        assertThat(sharing.deviceId()).isEqualTo("oxi-of-" + sharing.patient());
        boolean none = sharing.untilMillis() < sharing.fromMillis();
        boolean excluded = Math.floorMod(sharing.untilMillis() - T0, 60_000) != 0;       // the last millisecond of a registration
        return sharing.patient() + " " + (sharing.fromMillis() - T0) / 60_000 + "-"
                + (none ? "none" : (sharing.untilMillis() - T0 + (excluded ? 1 : 0)) / 60_000);
    }

    @Test
    void shouldSayNothingOfADeviceThatOnePatientHas() {
        for (long minute = 0; minute < 10 * DAY; minute += HOUR) {
            assertThat(see("ann", minute, OPEN)).isEmpty();
        }
    }

    /** Each is in doubt from where the second begins, until a day after the other was last seen. */
    @Test
    void shouldTellBothWhenTheDeviceWandersWithoutARecord() {
        see("ann", 0, OPEN);
        assertThat(see("ben", 5 * HOUR, OPEN)).containsExactly("ann 300-" + (5 * HOUR + DAY), "ben 300-" + DAY);
    }

    @ParameterizedTest
    @CsvSource({"1439, true", "1440, true", "1441, false", "2880, false"})
    void shouldLookADayBack(long minute, boolean found) {
        see("ann", 0, OPEN);
        assertThat(see("ben", minute, OPEN).isEmpty()).isNotEqualTo(found);
    }

    /** The reading that shows it may be the older one. */
    @ParameterizedTest
    @CsvSource({"0, true", "-1440, true", "-1441, false"})
    void shouldLookADayAheadWhenReadingsComeLate(long minute, boolean found) {
        see("ann", 0, OPEN);
        assertThat(see("ben", minute, OPEN, 1).isEmpty()).isNotEqualTo(found);
    }

    /** Ann's registration ends (excluded) where Ben's readings begin, or before. */
    @ParameterizedTest
    @CsvSource({"100, true", "300, true", "301, false", "-1, false"})
    void shouldTakeTheEndOfARegistrationForTheRecord(long annUntil, boolean recorded) {
        see("ann", 0, annUntil);
        assertThat(see("ben", 300, OPEN).isEmpty()).isEqualTo(recorded);
    }

    @Test
    void shouldTakeTheRecordThatCameBeforeTheNextPatient() {
        see("ann", 0, OPEN);
        assertThat(see("ann", 0, 200, 250)).as("the care plan says that it ended").isEmpty();
        assertThat(see("ben", 300, OPEN)).isEmpty();
        assertThat(see("ben", 360, OPEN)).isEmpty();
    }

    @Test
    void shouldTakeTheDoubtBackWhenTheRecordComesLater() {
        see("ann", 0, OPEN);
        see("ben", 300, OPEN);
        assertThat(see("ann", 0, 200, 330)).containsExactly("ann 300-none", "ben 300-none");
        assertThat(see("ben", 360, OPEN)).isEmpty();
    }

    /** The second registration was the wrong one, and was ended when that was noticed. */
    @Test
    void shouldEndTheDoubtWithTheRegistration() {
        see("ann", 0, OPEN);
        see("ben", 300, OPEN);
        assertThat(see("ben", 300, 400, 400)).containsExactly("ann 300-400", "ben 300-400");
        assertThat(see("ann", 460, OPEN)).isEmpty();
    }

    @Test
    void shouldNotTakeBackADoubtThatIsOver() {
        see("ann", 0, OPEN);
        see("ben", 300, OPEN);
        assertThat(see("ann", 0, 200, 47 * HOUR)).isEmpty();
    }

    @Test
    void shouldBeginAnewWhenTheDeviceIsGivenBack() {
        see("ann", 0, 100);
        see("ben", 200, 300);
        assertThat(see("ann", 400, OPEN)).as("recorded there and back").isEmpty();
        assertThat(see("ben", 500, OPEN)).as("a third time, without a record").containsExactly("ann 500-" + (500 + DAY), "ben 500-" + (400 + DAY));
    }

    @Test
    void shouldTellAgainOnceTheDoubtLastsAnHourLonger() {
        see("ann", 0, OPEN);
        see("ben", 300, OPEN);
        assertThat(see("ben", 359, OPEN)).isEmpty();
        assertThat(see("ben", 360, OPEN)).containsExactly("ann 300-" + (360 + DAY));
        assertThat(see("ann", 361, OPEN)).containsExactly("ben 300-" + (361 + DAY));
        assertThat(see("ann", 361, OPEN)).as("a copy").isEmpty();
    }

    @Test
    void shouldBeginAnotherDoubtAfterTheFirstIsOver() {
        see("ann", 0, OPEN);
        see("ben", 20 * HOUR, OPEN);
        see("ben", 40 * HOUR, OPEN);
        assertThat(see("ann", 41 * HOUR, OPEN)).as("Ann has it again: Ben's readings of the day before were not in doubt")
                .containsExactly("ben " + 41 * HOUR + "-" + (41 * HOUR + DAY));
    }

    /** As long as any of the others keeps it so. */
    @Test
    void shouldMeetMoreThanTwo() {
        see("ann", 0, OPEN);
        see("ben", 60, OPEN);
        assertThat(see("cat", 120, OPEN)).containsExactly("ann 60-" + (120 + DAY), "ben 60-" + (120 + DAY), "cat 120-" + (60 + DAY));
    }

    @Test
    void shouldSayNothingOfADeviceThatIsMeantForMany() {
        List<String> told = List.of();
        for (int i = 0; i < SharedDevice.MOST_PATIENTS; i++) {
            told = see("patient-" + i, i, OPEN);
        }
        assertThat(told).isNotEmpty();
        assertThat(see("one-more", 100, OPEN)).hasSize(SharedDevice.MOST_PATIENTS).allMatch(line -> line.endsWith("-none"));
        for (int i = 0; i < 100; i++) {
            assertThat(see("crowd-" + i, 200 + i, OPEN)).isEmpty();
        }
        assertThat(device.encode().length).as("bounded").isLessThan(1_000);
    }

    @Test
    void shouldForgetAPatientAfterTwoDaysOfAppendTime() {
        see("ann", 0, OPEN);
        see("ben", 2 * DAY + 1, OPEN);
        assertThat(see("ann", 0, OPEN, 2 * DAY + 2)).as("what comes late begins a row of its own, too far away").isEmpty();
        assertThat(device.isOver(millis(4 * DAY + 2))).isFalse();
        assertThat(device.isOver(millis(4 * DAY + 3))).isTrue();
    }

    @Test
    void shouldRefuseAMemoryOfAnotherVersion() {
        byte[] bytes = device.encode();
        bytes[0] = 9;
        assertThatThrownBy(() -> SharedDevice.decode(bytes)).isInstanceOf(IllegalStateException.class).hasMessageContaining("version 9");
    }

    /**
     * Laws for any order of sightings: what is told is the same for a device that is stored in between; a doubt begins and ends within the registration of
     * both as far as it is known; nobody is told the same twice in a row; and one patient alone is never told.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldObeyLaws(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SharedDevice kept = new SharedDevice();
        Map<String, Sharing> last = new HashMap<>();
        List<Sighting> all = new ArrayList<>();
        long append = 0;
        for (int i = 0; i < 600; i++) {
            append += random.nextInt(400);
            long at = append - (random.nextInt(5) == 0 ? random.nextInt(3_000) : random.nextInt(30));
            Sighting sighting = sighting("patient-" + random.nextInt(4), at, random.nextInt(3) == 0 ? at + 1 + random.nextInt(600) : OPEN, append);
            all.add(sighting);
            List<Sharing> told = kept.take(sighting);
            device = SharedDevice.decode(device.encode());
            assertThat(device.take(sighting)).isEqualTo(told);
            for (Sharing sharing : told) {
                assertThat(sharing).as("seed %d", seed).isNotEqualTo(last.put(sharing.patient(), sharing));
                assertThat(sharing.untilMillis()).isLessThanOrEqualTo(millis(append) + SharedDevice.WITHIN_MILLIS);
                assertThat(all).anyMatch(one -> !one.patient().equals(sharing.patient()));
            }
        }
        assertThat(last).as("seed %d finds something", seed).isNotEmpty();
    }
}
