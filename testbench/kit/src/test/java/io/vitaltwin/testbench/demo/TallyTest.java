package io.vitaltwin.testbench.demo;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.BundledSchemaIds;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.VerdictCounts;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TallyTest {

    private static final Instant AT = Instant.parse("2026-03-02T00:00:00Z");

    private final Topics topics = Topics.defaults();
    private final BundledSchemaIds ids = new BundledSchemaIds();
    private final Tally tally = new Tally();

    private AlertEvent alert(String id, String rule, AlertEventType type, Priority priority) {
        var evidence = Evidence.newBuilder().setTopic(topics.readings().name()).setPartition(0).setOffset(5).setDeviceId("d")
                .setGrade(DeviceGrade.CLINICAL).setVital("spo2").setUnit("%").setEffectiveTime(AT).build();
        return AlertEvent.newBuilder().setAlertId(id).setPatientId("p1").setRule(rule).setFamily(rule).setEvent(type).setPriority(priority)
                .setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(AT).setEffectiveTime(AT).setAppendTime(AT).setText("text of " + id)
                .setEvidence(List.of(evidence)).setRuleSetVersion("1").build();
    }

    private static ConsentViolation violation(long count) {
        return ConsentViolation.newBuilder().setPatientId("p1").setDeviceHash("h").setVital("spo2").setPurpose("TREAT").setActor("care")
                .setStage(ViolationStage.COLLECT).setReason(ViolationReason.WITHDRAWN).setFirstTime(AT).setLastTime(AT).setCount(count).build();
    }

    private static TwinSnapshot twin(String patient, long applied, long refused) {
        return TwinSnapshot.newBuilder().setPatientId(patient).setAppendTime(AT)
                .setFates(Fates.newBuilder().setApplied(applied).setRefused(refused).setLate(1).setDuplicate(2).setDead(3).build())
                .setVerdicts(VerdictCounts.newBuilder().setAccept(applied).setSuspect(4).setReject(5).build()).build();
    }

    @Test
    void shouldCountEpisodesByTheRuleThatTheyBeganWith() {
        // When
        tally.alert(alert("a", "SPO2_LOW", AlertEventType.RAISED, Priority.MEDIUM));
        tally.alert(alert("a", "SPO2_CRIT", AlertEventType.UPGRADED, Priority.HIGH));
        tally.alert(alert("b", "HR_BRADY", AlertEventType.RAISED, Priority.LOW));
        tally.alert(alert("b", "HR_BRADY", AlertEventType.CLEARED, Priority.LOW));
        // Then
        assertThat(tally.alerts()).isEqualTo(new Summary.Alerts(2, Map.of("SPO2_LOW", 1L, "HR_BRADY", 1L)));
        assertThat(tally.open()).isEqualTo(Map.of(Priority.HIGH, 1));
        assertThat(tally.newest()).extracting(AlertEvent::getRule).containsExactly("HR_BRADY", "SPO2_CRIT", "SPO2_LOW");
    }

    @Test
    void shouldShowNoMoreThanTheNewestSix() {
        for (int i = 0; i < 9; i++) {
            tally.alert(alert("a" + i, "R" + i, AlertEventType.RAISED, Priority.LOW));
        }
        assertThat(tally.newest()).extracting(AlertEvent::getRule).containsExactly("R8", "R7", "R6", "R5", "R4", "R3");
    }

    @Test
    void shouldTakeTheNewestSnapshotOfEachTwin() {
        tally.twin(twin("p1", 10, 1));
        tally.twin(twin("p1", 20, 2));
        tally.twin(twin("p2", 5, 0));
        assertThat(tally.fates()).isEqualTo(new Summary.FateCounts(25, 4, 2, 2, 6));
        assertThat(tally.quality()).isEqualTo(new Summary.Quality(25, 8, 10));
    }

    @Test
    void shouldAddUpViolations() {
        tally.violation(violation(1));
        tally.violation(violation(35));
        assertThat(tally.violations()).isEqualTo(new Summary.Violations(2, 36));
    }

    @Test
    void shouldReadWhatTheTwinPublishesUntilTheEnd() throws Exception {
        // Given
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        var probe = new LatencyProbe(topics.partitions());
        var watcher = new Watcher(consumer, topics, ids, tally, probe);
        probe.sent(0, 5, AT.toEpochMilli(), System.nanoTime());
        Map<TopicPartition, Long> begins = new HashMap<>();
        watcher.partitions().forEach(partition -> begins.put(partition, 0L));
        consumer.updateBeginningOffsets(begins);
        consumer.schedulePollTask(() -> {
            add(consumer, topics.alerts().name(), new AvroSerde<>(topics.alerts(), ids).serialize("", alert("a", "SPO2_LOW", AlertEventType.RAISED, Priority.LOW)));
            add(consumer, topics.violations().name(), new AvroSerde<>(topics.violations(), ids).serialize("", violation(3)));
            add(consumer, topics.twins().name(), new AvroSerde<>(topics.twins(), ids).serialize("", twin("p1", 7, 0)));
        });
        // When
        watcher.start();
        Map<TopicPartition, Long> ends = new HashMap<>(begins);
        List.of(topics.alerts(), topics.violations(), topics.twins()).forEach(topic -> ends.put(new TopicPartition(topic.name(), 0), 1L));
        watcher.awaitRead(ends, Duration.ofSeconds(20));
        watcher.close();
        // Then
        assertThat(tally.alerts().raised()).isEqualTo(1);
        assertThat(tally.violations().readings()).isEqualTo(3);
        assertThat(tally.fates().APPLIED()).isEqualTo(7);
        assertThat(probe.latency().p50()).isNotNull();
        assertThat(consumer.closed()).isTrue();
    }

    private static void add(MockConsumer<byte[], byte[]> consumer, String topic, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(topic, 0, 0, new byte[0], value));
    }

    @Test
    void shouldSayThatAnOutputCannotBeRead() {
        // Given
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        var watcher = new Watcher(consumer, topics, ids, tally, new LatencyProbe(1));
        Map<TopicPartition, Long> begins = new HashMap<>();
        watcher.partitions().forEach(partition -> begins.put(partition, 0L));
        consumer.updateBeginningOffsets(begins);
        consumer.schedulePollTask(() -> add(consumer, topics.alerts().name(), new byte[] {9, 9}));
        // When
        watcher.start();
        // Then
        assertThatThrownBy(() -> watcher.awaitRead(Map.of(new TopicPartition(topics.alerts().name(), 0), 1L), Duration.ofSeconds(20)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("could not be read");
        watcher.close();
    }

    @Test
    void shouldShowTheStateInALineAndInATable() {
        // Given
        tally.alert(alert("a", "SPO2_LOW", AlertEventType.RAISED, Priority.HIGH));
        tally.violation(violation(3));
        Status status = new Status(Duration.ofSeconds(30), Optional.of(Duration.ofSeconds(60)), AT, 300, 42, 0, tally);
        StringWriter plain = new StringWriter();
        StringWriter table = new StringWriter();
        // When
        new PlainLines(new PrintWriter(plain)).show(status);
        var erased = new Status(Duration.ofSeconds(30), Optional.of(Duration.ofSeconds(60)), AT, 300, 42, 7, tally);
        var live = new LiveTable(new PrintWriter(table), 60);
        live.show(status);
        live.show(new Status(Duration.ofSeconds(31), Optional.empty(), AT, 300, 43, 0, tally));
        // Then
        assertThat(plain.toString().strip())
                .isEqualTo("2026-03-02T00:00:00Z  42 readings, 1 alerts raised, open: 1 high 0 medium 0 low, 3 readings refused");
        assertThat(PlainLines.line(erased)).endsWith(", 3 readings refused, 7 of an erased patient turned away");
        assertThat(table.toString()).contains("[###############---------------] 00:30 of 01:00").contains("HIGH")
                .contains("text of a").contains("\u001b[6A").contains("Ctrl-C stops");
        assertThat(table.toString().lines()).allMatch(line -> line.length() <= 60 + "\u001b[6A\u001b[J".length());
    }

    @Test
    void shouldNotPrintPlainLinesTooOften() {
        StringWriter plain = new StringWriter();
        var lines = new PlainLines(new PrintWriter(plain));
        for (int millis = 0; millis <= 15_000; millis += 100) {
            lines.show(new Status(Duration.ofMillis(millis), Optional.empty(), AT, 1, 1, 0, tally));
        }
        assertThat(plain.toString().lines()).hasSize(3);
    }
}
