package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.DeviceSharing;
import io.vitaltwin.schemas.DeviceSighting;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import static io.vitaltwin.twin.topology.Story.ANN;
import static io.vitaltwin.twin.topology.Story.BEN;
import static io.vitaltwin.twin.topology.Story.CAT;
import static io.vitaltwin.twin.topology.Story.IDS;
import static io.vitaltwin.twin.topology.Story.TOPICS;
import static io.vitaltwin.twin.topology.Story.at;
import static io.vitaltwin.twin.topology.Story.batch;
import static io.vitaltwin.twin.topology.Story.saturation;
import static org.assertj.core.api.Assertions.assertThat;

/** DQ-22 from the readings of two patients to flags and notices: both sub-topologies, joined by their topics. */
class SharedDeviceTopologyTest {

    private static final String SERIAL = "SN-0042";
    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;

    @AutoClose
    private final DrivenTwin twin = new DrivenTwin().enrol(ANN, oximeter("oxi-a", SERIAL, null)).enrol(BEN, oximeter("oxi-b", "sn 0042", null))
            .enrol(CAT, oximeter("oxi-a", "SN-0043", null));

    private static RegisteredDevice oximeter(String id, @Nullable String serial, @Nullable Instant until) {
        RegisteredDevice device = Story.device(id, "finger-oximeter", Duration.ofHours(12), "spo2");
        device.setSerial(serial);
        device.setValidTo(until);
        return device;
    }

    private DrivenTwin measure(String patient, String device, long second, double percent) {
        return twin.play(batch(patient, device, at(second), saturation(at(second - 1), percent)));
    }

    /** Ann is measured with it, an hour later Ben, and then it is known. */
    private DrivenTwin share() {
        measure(ANN, "oxi-a", 1, 97);
        return measure(BEN, "oxi-b", HOUR, 95).tick(Duration.ofSeconds(5));
    }

    private <T extends SpecificRecord> List<T> told(Topic<T> topic) {
        AvroSerde<T> serde = new AvroSerde<>(topic, IDS);
        return twin.records(topic).stream().map(record -> serde.deserialize(topic.name(), record.value())).toList();
    }

    private List<DeviceSighting> sightings() {
        return told(TOPICS.deviceSightings());
    }

    private List<DeviceSharing> sharings() {
        return told(TOPICS.deviceSharings());
    }

    private List<String> reasons(String patient) {
        return twin.flags(patient).stream().map(flag -> flag.getVerdict() + " " + String.join(",", flag.getReasons())).toList();
    }

    /** Ann had it at 0, Ben an hour later; the next readings of both are in doubt, and of Ann's the one that came after Ben's and before it was known. */
    @Test
    void shouldDoubtBothPatientsAndTellEachOnce() {
        share();
        measure(ANN, "oxi-a", 2 * HOUR, 96);
        measure(BEN, "oxi-b", 2 * HOUR + 1, 94);
        // Then: what Ann's device measured before is hers
        assertThat(reasons(ANN)).containsExactly("SUSPECT DEVICE_SHARED");
        assertThat(reasons(BEN)).containsExactly("SUSPECT DEVICE_SHARED", "SUSPECT DEVICE_SHARED");
        QualityFlag found = twin.flags(BEN).getFirst();
        assertThat(found.getEffectiveTime()).isEqualTo(at(HOUR - 1));
        assertThat(found.getUntilTime()).isEqualTo(at(HOUR - 1));
        for (String patient : List.of(ANN, BEN)) {
            assertThat(twin.alerts(patient)).singleElement().satisfies(alert -> {
                assertThat(alert.getRule()).isEqualTo("DEVICE_SHARED");
                assertThat(alert.getFamily()).isEqualTo("DATA_QUALITY:" + (patient.equals(ANN) ? "oxi-a" : "oxi-b"));
                assertThat(alert.getPriority()).isEqualTo(Priority.LOW);
                assertThat(alert.getLane()).isEqualTo(Lane.TECHNICAL);
                assertThat(alert.getText()).contains("oxi-").doesNotContain("patient-").doesNotContain("0042");
            });
            assertThat(twin.tick(Duration.ofSeconds(3)).snapshot(patient).getOpenAlerts()).singleElement()
                    .satisfies(open -> assertThat(open.getRule()).isEqualTo("DEVICE_SHARED"));
        }
        assertThat(twin.alerts(CAT)).as("the same name for another device").isEmpty();
        assertThat(twin.flags(CAT)).isEmpty();
    }

    @Test
    void shouldTellSightingsByTheHourWithoutTheNumber() {
        for (long second = 1; second <= 3 * HOUR; second += HOUR / 4) {
            measure(ANN, "oxi-a", second, 97 + second % 2);
        }
        assertThat(sightings()).hasSize(3).allSatisfy(sighting -> {
            assertThat(sighting.getPatientId()).isEqualTo(ANN);
            assertThat(sighting.getRegisteredUntil()).isNull();
        });
        assertThat(twin.records(TOPICS.deviceSightings())).extracting(TestRecord::key).containsOnly(sightings().getFirst().getSerialHash());
        assertThat(sightings().toString()).doesNotContain("0042");
        assertThat(sharings()).isEmpty();
        assertThat(twin.flags(ANN)).isEmpty();
    }

    @Test
    void shouldTellNothingOfADeviceWithoutASerialNumberOrWithAFiller() {
        twin.play(Story.plan(ANN, at(0), oximeter("oxi-a", null, null)), Story.plan(BEN, at(0), oximeter("oxi-b", "0000", null)));
        measure(ANN, "oxi-a", 10, 97);
        measure(BEN, "oxi-b", 11, 97);
        assertThat(sightings()).isEmpty();
    }

    @Test
    void shouldTellNothingOfWhatConsentDoesNotCover() {
        twin.play(Story.withdraw(ANN, "2", at(0)));
        measure(ANN, "oxi-a", 10, 97);
        assertThat(sightings()).isEmpty();
    }

    @Test
    void shouldTellNothingOfATimeThatIsWrong() {
        twin.play(batch(ANN, "oxi-a", at(10), saturation(at(3 * HOUR), 97)));
        assertThat(sightings()).isEmpty();
    }

    /** The record of the reassignment came in time, as the end of the registration or as a plan that no longer holds the device. */
    @Test
    void shouldAcceptADeviceThatWasHandedOn() {
        measure(ANN, "oxi-a", 1, 97);
        twin.play(Story.plan(ANN, at(1_800), oximeter("oxi-a", SERIAL, at(1_700))));
        measure(BEN, "oxi-b", HOUR, 95);
        twin.play(Story.plan(BEN, at(HOUR + 10), Story.device("other", "watch", Duration.ofHours(12), "spo2")));
        twin.play(Story.plan(CAT, at(HOUR + 20), oximeter("oxi-c", SERIAL, null)));
        measure(CAT, "oxi-c", HOUR + 30, 96);
        twin.tick(Duration.ofSeconds(5));
        assertThat(sightings()).extracting(DeviceSighting::getPatientId).containsExactly(ANN, ANN, BEN, BEN, CAT);
        assertThat(sightings().get(1).getRegisteredUntil()).isEqualTo(at(1_700));
        assertThat(sightings().get(3).getRegisteredUntil()).isEqualTo(at(HOUR + 10));
        assertThat(sharings()).isEmpty();
        for (String patient : List.of(ANN, BEN, CAT)) {
            assertThat(reasons(patient)).isEmpty();
            assertThat(twin.alerts(patient)).isEmpty();
        }
    }

    @Test
    void shouldEndTheDoubtAsSoonAsTheCarePlanSaysWhoHasTheDevice() {
        share();
        twin.play(Story.plan(ANN, at(2 * HOUR), oximeter("oxi-a", SERIAL, at(1_700)))).tick(Duration.ofSeconds(3));
        measure(BEN, "oxi-b", 2 * HOUR + 60, 95);
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getEvent).containsExactly(AlertEventType.RAISED, AlertEventType.CLEARED);
        assertThat(twin.alerts(BEN)).extracting(AlertEvent::getEvent).containsExactly(AlertEventType.RAISED, AlertEventType.CLEARED);
        assertThat(twin.alerts(BEN).getLast().getAppendTime()).isBetween(at(2 * HOUR), at(2 * HOUR + 3));
        assertThat(reasons(BEN)).as("only what was in doubt then").hasSize(1);
    }

    @Test
    void shouldEndADayAfterTheOtherWasMeasured() {
        share().tick(Duration.ofSeconds(DAY + 10), Duration.ofSeconds(60));
        assertThat(twin.alerts(BEN)).filteredOn(alert -> alert.getRule().equals("DEVICE_SHARED"))
                .extracting(AlertEvent::getEvent).containsExactly(AlertEventType.RAISED, AlertEventType.CLEARED);
        measure(BEN, "oxi-b", DAY + 2 * HOUR, 95);
        assertThat(reasons(BEN)).as("the second reading").hasSize(1);
    }

    /** A reading that would be severe if true is kept, flagged, and raises nothing. */
    @Test
    void shouldNotRaiseOnReadingsInDoubt() {
        share();
        for (int i = 1; i < 8; i++) {
            measure(ANN, "oxi-a", HOUR + 60L * i, 80);
        }
        assertThat(twin.alerts(ANN)).extracting(AlertEvent::getRule).containsOnly("DEVICE_SHARED");
        assertThat(twin.tick(Duration.ofSeconds(3)).snapshot(ANN).getVerdicts().getSuspect()).isEqualTo(7);
    }

    /** Ann's device at each quarter hour, Ben's with it now and then, a registration that ends, a withdrawal. */
    private static List<Input> log(long tickSeconds) {
        List<Input> log = new ArrayList<>();
        log.add(Story.plan(ANN, at(-60), oximeter("oxi-a", SERIAL, null)));
        log.add(Story.plan(BEN, at(-60), oximeter("oxi-b", SERIAL, null)));
        log.add(Story.permit(ANN, "1", at(-59)));
        log.add(Story.permit(BEN, "1", at(-59)));
        for (int quarter = 0; quarter < 200; quarter++) {
            Instant when = at(quarter * 900L + 7);
            log.add(batch(ANN, "oxi-a", when, saturation(when.minusSeconds(7), 85 + quarter % 14)));
            if (quarter % 17 < 6 && quarter < 150) {
                log.add(batch(BEN, "oxi-b", when.plusMillis(400), saturation(when.minusSeconds(5), 95 - quarter % 4)));
            }
        }
        log.add(Story.plan(BEN, at(100_000), oximeter("oxi-b", SERIAL, at(99_000))));
        log.add(Story.withdraw(BEN, "2", at(120_000)));
        for (long second = 0; second < 200 * 900L + DAY; second += tickSeconds) {
            log.add(Story.tick(at(second)));
        }
        log.sort(Comparator.comparing(Input::at));
        return log;
    }

    /** I4: a replay reads from the log which devices are shared, and gives the same alerts and flags to the byte, though it has lost the sightings. */
    @Test
    void shouldGiveTheSameBytesInAReplayThatReadsTheSharingsFromTheLog() {
        // Given
        List<Input> log = log(600);
        List<Input> whole = new ArrayList<>(log);
        List<String> live;
        try (DrivenTwin first = new DrivenTwin().play(log)) {
            live = decided(first);
            first.records(TOPICS.deviceSharings()).forEach(record ->
                    whole.add(new Input("device-sharings", record.key(), record.value(), record.getRecordTime())));
        }
        assertThat(whole.size()).isGreaterThan(log.size() + 4);
        whole.sort(Comparator.comparing(Input::at));
        // When
        try (DrivenTwin replay = DrivenTwin.replay().play(whole)) {
            // Then
            assertThat(decided(replay)).isEqualTo(live);
            assertThat(replay.records(TOPICS.deviceSharings())).as("none is found again").isEmpty();
        }
        assertThat(live.stream().filter(line -> line.startsWith("alert")).count()).isGreaterThan(4);
    }

    @Test
    void shouldDecideTheSameHoweverOftenItTicks() {
        try (DrivenTwin often = new DrivenTwin().play(log(7));
                DrivenTwin seldom = new DrivenTwin().play(log(DAY))) {
            for (String patient : List.of(ANN, BEN)) {
                assertThat(seldom.alerts(patient)).isNotEmpty().isEqualTo(often.alerts(patient));
                assertThat(seldom.flags(patient)).isNotEmpty().isEqualTo(often.flags(patient));
            }
        }
    }

    /** The sharing of a moment meets readings of the same second, before them or after. */
    @Test
    void shouldDecideTheSameWhicheverOfASecondComesFirst() {
        Input reading = batch(ANN, "oxi-a", at(10).plusMillis(300), saturation(at(10), 96));
        Input sharing = sharing(ANN, "oxi-a", at(0), at(DAY), at(10));
        measure(ANN, "oxi-a", 1, 97);
        twin.play(sharing, reading).tick(Duration.ofSeconds(5));
        List<AlertEvent> alerts = twin.alerts(ANN);
        List<QualityFlag> flags = twin.flags(ANN);
        try (DrivenTwin other = new DrivenTwin()) {
            other.enrol(ANN, oximeter("oxi-a", SERIAL, null)).play(batch(ANN, "oxi-a", at(1), saturation(at(0), 97)), reading, sharing).tick(Duration.ofSeconds(5));
            assertThat(other.flags(ANN)).isEqualTo(flags).hasSize(1);
            assertThat(other.alerts(ANN)).extracting(AlertEvent::getAlertId).isEqualTo(alerts.stream().map(AlertEvent::getAlertId).toList()).hasSize(1);
        }
        assertThat(flags.getFirst().getUntilTime()).isEqualTo(at(10));
    }

    private static Input sharing(String patient, String device, Instant from, Instant until, Instant append) {
        byte[] bytes = new AvroSerde<>(TOPICS.deviceSharings(), IDS)
                .serialize(TOPICS.deviceSharings().name(), new DeviceSharing(patient, device, from, until));
        return new Input("device-sharings", patient, bytes, append);
    }

    private static Input sighting(@Nullable String key, String patient, Instant effective, Instant append) {
        byte[] bytes = new AvroSerde<>(TOPICS.deviceSightings(), IDS)
                .serialize(TOPICS.deviceSightings().name(), new DeviceSighting("hash", patient, "oxi", effective, null));
        return new Input("device-sightings", key, bytes, append);
    }

    private static List<String> decided(DrivenTwin played) {
        List<String> decided = new ArrayList<>();
        played.records(TOPICS.alerts()).forEach(one -> decided.add("alert " + one.key() + " " + java.util.HexFormat.of().formatHex(one.value())));
        played.records(TOPICS.qualityFlags()).forEach(one -> decided.add("flag " + one.key() + " " + java.util.HexFormat.of().formatHex(one.value())));
        return decided;
    }

    @Test
    void shouldNotStopAtRecordsThatCannotBeMeant() {
        measure(ANN, "oxi-a", 1, 97);
        twin.play(new Input("device-sightings", "hash", new byte[] {7, 7}, at(2)), sighting(null, ANN, at(0), at(3)), sighting("hash", "", at(0), at(4)),
                sighting("hash", "x".repeat(300), at(0), at(5)), sighting("hash", ANN, at(9 * DAY), at(6)),
                new Input("device-sharings", ANN, new byte[] {0}, at(7)), new Input("device-sharings", ANN, null, at(8)),
                sharing(ANN, "oxi-a", at(0), at(400 * DAY), at(9)), sharing(ANN, "oxi-a", at(100), at(0), at(10)));
        assertThat(twin.deadLetters()).hasSize(9);
        twin.play(sharing(ANN, "no such device", at(0), at(DAY), at(11))).tick(Duration.ofSeconds(5));
        assertThat(twin.deadLetters()).hasSize(9);
        assertThat(twin.alerts(ANN)).isEmpty();
        measure(BEN, "oxi-b", HOUR, 95);
        assertThat(sharings()).hasSize(2);
    }

    @Test
    void shouldForgetADeviceOnATombstone() {
        measure(ANN, "oxi-a", 1, 97);
        String hash = sightings().getFirst().getSerialHash();
        twin.play(new Input("device-sightings", hash, null, at(10)));
        measure(BEN, "oxi-b", HOUR, 95);
        assertThat(sharings()).isEmpty();
    }

    /** Stream time of sightings moves on with sightings of other devices. */
    @Test
    void shouldForgetDevicesAfterTwoDays() {
        measure(ANN, "oxi-a", 1, 97);
        measure(CAT, "oxi-a", HOUR, 97);
        assertThat(twin.devices()).isEqualTo(2);
        measure(CAT, "oxi-a", 2 * DAY + 2 * HOUR, 97);
        assertThat(twin.devices()).isOne();
    }

    @Test
    void shouldForgetTheDoubtWhenConsentEnds() {
        share().play(Story.withdraw(BEN, "2", at(HOUR + 60)));
        assertThat(twin.alerts(BEN)).extracting(alert -> alert.getEvent() + " " + alert.getRule() + " " + alert.getEndReason())
                .containsExactly("RAISED DEVICE_SHARED ", "CLEARED DEVICE_SHARED CONSENT_WITHDRAWN", "RAISED CONSENT_WITHDRAWN ");
        measure(ANN, "oxi-a", 3 * HOUR, 97);
        twin.tick(Duration.ofSeconds(5));
        assertThat(twin.alerts(BEN)).as("told again to somebody who is not monitored").hasSize(3);
    }
}
