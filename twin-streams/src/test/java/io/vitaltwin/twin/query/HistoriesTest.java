package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Topic;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.query.Histories.Background;
import io.vitaltwin.twin.query.Trend.Course;
import io.vitaltwin.twin.query.Trend.Point;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import static io.vitaltwin.twin.query.Twins.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Over a log in memory of one partition. */
class HistoriesTest {

    private static final Topics TOPICS = new Topics("vt.", 1);
    private static final Instant END = T0.plusSeconds(3_600);

    private final LogConsumer.Log log = new LogConsumer.Log();
    private final Histories histories = histories(Histories.MOST_READINGS);

    private Histories histories(long most) {
        return new Histories(() -> new LogConsumer(log), TOPICS, Twins.IDS, Privacy.off(),
                patient -> new Background(Twins.STORES.plan(Twins.plan()), Optional.empty()), most);
    }

    private static Histories.Gate gate(Predicate<Item<?>> permits) {
        return new Histories.Gate() {
            @Override
            public <T> List<T> pass(List<Item<T>> items) {
                return items.stream().filter(permits).map(Item::content).toList();
            }
        };
    }

    private Trend trend(String patient, String... vitals) {
        return histories.trend(patient, List.of(vitals), T0, END, 100, gate(item -> true));
    }

    private <T extends SpecificRecord> void write(Topic<T> topic, String patient, T value, long appendSecond) {
        log.add(topic.name(), patient, new AvroSerde<>(topic, Twins.IDS).serialize("", value), T0.plusSeconds(appendSecond).toEpochMilli());
    }

    private void reading(String patient, String vital, long second, double value, long appendSecond) {
        write(TOPICS.readings(), patient, ReadingBatch.newBuilder().setBatchId("b").setDeviceId("oximeter-1").setSentAt(T0).setReadings(List.of(Reading.newBuilder()
                .setVital(vital).setEffectiveTime(T0.plusSeconds(second)).setValue(value).setUnit(vital.equals("spo2") ? "%" : "/min").build())).build(), appendSecond);
    }

    private void alert(String patient, String rule, AlertEventType event, long second) {
        Evidence evidence = Evidence.newBuilder().setTopic("t").setPartition(0).setOffset(0).setDeviceId("oximeter-1").setVital("spo2").setValue(86.0).setUnit("%")
                .setEffectiveTime(T0.plusSeconds(second)).build();
        write(TOPICS.alerts(), patient, AlertEvent.newBuilder().setAlertId("a-" + rule).setPatientId(patient).setRule(rule).setFamily("SPO2").setEvent(event)
                .setPriority(Priority.HIGH).setLane(Lane.PHYSIOLOGICAL).setEpisodeStart(T0).setEffectiveTime(T0.plusSeconds(second)).setAppendTime(T0.plusSeconds(second))
                .setText("x").setEvidence(List.of(evidence)).setRuleSetVersion("1").build(), second);
    }

    private static List<Double> values(Trend trend) {
        return trend.vitals().stream().flatMap(course -> course.points().stream()).map(Point::value).toList();
    }

    @Test
    void shouldShowThePatientsOwnReadingsOfTheSpanHoweverLateTheyCame() {
        reading("ann", "spo2", -1, 90, 0);
        reading("ann", "spo2", 0, 91, 1);
        reading("ben", "spo2", 1, 50, 2);
        reading("ann", "spo2", 3_599, 93, 3_600);
        reading("ann", "spo2", 3_600, 94, 3_601);
        reading("ann", "spo2", 60, 92, 90_000);
        Trend trend = trend("ann", "spo2");
        assertThat(values(trend)).containsExactly(91.0, 92.0, 93.0);
        Course course = trend.vitals().getFirst();
        assertThat(course.limits()).contains(new Trend.Limits(Optional.of(91.0), Optional.empty()));
        assertThat(course.gapAfterMillis()).as("an oximeter of every 30 s").isEqualTo(90_000);
        assertThat(List.of(course.unit(), trend.shown(), trend.withheld())).containsExactly("%", 3L, 0L);
        assertThat(values(trend("cat"))).isEmpty();
    }

    @Test
    void shouldFollowTheLogFromWhereItWas() {
        for (int i = 0; i < 50; i++) {
            reading(i % 2 == 0 ? "ann" : "ben", "spo2", i, 95, i + 1);
        }
        assertThat(values(trend("ann"))).hasSize(25);
        long first = log.delivered;
        assertThat(first).isGreaterThanOrEqualTo(50);
        assertThat(values(trend("ann"))).hasSize(25);
        assertThat(log.delivered).isEqualTo(first);
        reading("ann", "spo2", 70, 96, 71);
        reading("ben", "spo2", 70, 96, 72);
        assertThat(values(trend("ann"))).hasSize(26);
        assertThat(log.delivered).isEqualTo(first + 2);
        assertThat(values(trend("ben"))).hasSize(26);
        assertThat(values(trend("ann"))).hasSize(26);
    }

    @Test
    void shouldReadAnewForAnEarlierBegin() {
        reading("ann", "spo2", -9_000, 90, -8_999);
        reading("ann", "spo2", 5, 91, 6);
        assertThat(values(trend("ann"))).containsExactly(91.0);
        Trend earlier = histories.trend("ann", List.of(), T0.minusSeconds(10_000), END, 100, gate(item -> true));
        assertThat(values(earlier)).containsExactly(90.0, 91.0);
        assertThat(values(trend("ann"))).containsExactly(91.0);
    }

    @Test
    void shouldShowVerdictsAndMarkAlerts() {
        reading("ann", "spo2", 5, 96, 6);
        reading("ann", "spo2", 6, 60, 7);
        write(TOPICS.qualityFlags(), "ann", QualityFlag.newBuilder().setPatientId("ann").setDeviceId("oximeter-1").setVital("spo2").setEffectiveTime(T0.plusSeconds(6))
                .setVerdict(Verdict.SUSPECT).setRuleVersion("1").setAppendTime(T0).build(), 7);
        alert("ann", "SPO2_LOW", AlertEventType.RAISED, 20);
        alert("ann", "SPO2_CRIT", AlertEventType.UPGRADED, 10);
        alert("ann", "SPO2_LOW", AlertEventType.CLEARED, 30);
        alert("ann", "SPO2_LOW", AlertEventType.RAISED, 4_000);
        alert("ben", "SPO2_LOW", AlertEventType.RAISED, 20);
        Trend trend = trend("ann", "spo2");
        assertThat(trend.vitals().getFirst().points()).extracting(Point::verdict).containsExactly(Verdict.ACCEPT, Verdict.SUSPECT);
        assertThat(trend.markers()).extracting(Trend.Marker::label).containsExactly("SPO2_CRIT", "SPO2_LOW");
    }

    @Test
    void shouldShowNothingThatTheGateKeepsBack() {
        reading("ann", "spo2", 5, 96, 6);
        reading("ann", "heart_rate", 5, 70, 6);
        reading("ann", "heart_rate", 6, 71, 7);
        alert("ann", "SPO2_LOW", AlertEventType.RAISED, 20);
        Trend trend = histories.trend("ann", List.of("heart_rate", "spo2"), T0, END, 100,
                gate(item -> item.offer().data().stream().allMatch(datum -> datum.vital().equals("heart_rate") && datum.fromMillis() > T0.plusSeconds(5).toEpochMilli())));
        assertThat(values(trend)).containsExactly(71.0);
        assertThat(List.of(trend.shown(), trend.withheld())).containsExactly(1L, 2L);
        assertThat(trend.markers()).isEmpty();
        assertThat(trend.vitals().getLast().personal()).isEmpty();
    }

    @Test
    void shouldKeepNoMoreThanItMayAndAnswerTheSame() {
        for (int i = 0; i < 40; i++) {
            reading("ann", "spo2", i, 95, i + 1);
            reading("ben", "spo2", i, 96, i + 1);
        }
        try (Histories small = histories(50)) {
            long before = 0;
            for (int round = 0; round < 3; round++) {
                for (String patient : List.of("ann", "ben")) {
                    assertThat(values(small.trend(patient, List.of(), T0, END, 100, gate(item -> true)))).hasSize(40).containsOnly(patient.equals("ann") ? 95.0 : 96.0);
                    assertThat(log.delivered).as("forgotten, so read anew").isGreaterThan(before);
                    before = log.delivered;
                }
            }
        }
    }

    @Test
    void shouldForgetWhoIsErased() {
        reading("ann", "spo2", 5, 96, 6);
        assertThat(values(trend("ann"))).hasSize(1);
        long before = log.delivered;
        log.add(TOPICS.erasureOrders().name(), "ann", new byte[] {1}, T0.plusSeconds(100).toEpochMilli());
        trend("ann");
        assertThat(log.delivered).as("what was kept is gone, so it is read anew").isEqualTo(before + 2);
    }

    @Test
    void shouldSayThatItCannotReadAndRecover() {
        reading("ann", "spo2", 5, 96, 6);
        assertThat(values(trend("ann"))).hasSize(1);
        log.broken = true;
        assertThatThrownBy(() -> trend("ann")).isInstanceOf(HistoryUnavailable.class).hasMessage("the readings cannot be read: KafkaException");
        log.broken = false;
        reading("ann", "spo2", 6, 95, 7);
        assertThat(values(trend("ann"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5_001})
    void shouldRefuseANumberOfPointsThatIsOutOfRange(int points) {
        assertThatThrownBy(() -> histories.trend("ann", List.of(), T0, END, points, gate(item -> true))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAnEmptySpanAndAVitalThatNobodyKnows() {
        assertThatThrownBy(() -> histories.trend("ann", List.of(), T0, T0, 10, gate(item -> true))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trend("ann", "shoe_size")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("heart_rate");
        assertThatThrownBy(() -> histories.everySpan("ann", List.of(), T0, END, 719, gate(item -> true))).isInstanceOf(IllegalArgumentException.class);
        assertThat(histories.everySpan("ann", List.of(), T0, END, 720, gate(item -> true)).vitals()).isEmpty();
    }
}
