package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.disclosure.Datum;
import io.vitaltwin.twin.core.disclosure.Offer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.Utils;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Readings over time, from the log, with the verdicts that the twin gave them. Safe for several threads; those that ask about patients of one partition wait for
 * each other.
 *
 * <p>What it costs. The first question about a patient reads the partition from the begin of the span to its end: the records of every patient in it are
 * fetched, one in so many decoded. The next question reads what came since anybody of the partition was last asked about. Kept are 16 bytes for each
 * reading of the patients who were asked about last, up to a bound, and some 100 for each that was flagged; whoever is over it goes and costs another pass.
 * {@code bench query} says how many records a second a pass reads.
 */
public final class Histories implements AutoCloseable {

    /** Some 130 MB: a month of 20 patients with five vitals a minute. Project default, no source. */
    public static final long MOST_READINGS = 8_000_000;
    /** More than any screen shows. Project default, no source. */
    public static final int MOST_POINTS = 5_000;

    /** Lets pass what may be shown to whoever asks, and writes it down. {@code DisclosureGate::pass} is one. */
    public interface Gate {

        <T> List<T> pass(List<Item<T>> items);
    }

    /**
     * What a course is drawn against.
     *
     * @param twin newest snapshot; empty: nothing is known to be usual
     */
    public record Background(Plan plan, Optional<TwinSnapshot> twin) {
    }

    private record Place(PatientReadings.Series series, int at) {
    }

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Topics topics;
    private final SchemaIds ids;
    private final Privacy privacy;
    private final Function<String, Background> background;
    private final long mostReadings;
    private final Map<Integer, PartitionLog> logs = new HashMap<>();
    private int partitions;

    /**
     * @param consumers make consumers of committed records without a group, whose keys are patients as people know them; closed here
     * @param background of a patient as people know the patient; asked for each trend
     * @param mostReadings that are kept of all patients together, at least one patient's
     */
    public Histories(Supplier<Consumer<String, byte[]>> consumers, Topics topics, SchemaIds ids, Privacy privacy, Function<String, Background> background,
            long mostReadings) {
        this.consumers = consumers;
        this.topics = topics;
        this.ids = ids;
        this.privacy = privacy;
        this.background = background;
        this.mostReadings = mostReadings;
    }

    /**
     * Each vital in at most so many points.
     *
     * @param patient as people know the patient; one of whom nothing is known has no points
     * @param vitals ids; empty: all of which there are readings
     * @param from included, by effective time
     * @param to excluded
     * @param points 1 to {@value #MOST_POINTS}
     * @param gate each reading and each alert passes it by itself, so that nothing is shown that consent does not cover
     * @throws IllegalArgumentException if the span is empty, a vital is not known or the number of points is out of range
     * @throws HistoryUnavailable if the log cannot be read
     */
    public Trend trend(String patient, List<String> vitals, Instant from, Instant to, int points, Gate gate) {
        if (points < 1 || points > MOST_POINTS) {
            throw new IllegalArgumentException("points must be 1 to " + MOST_POINTS + ", found " + points);
        }
        Span span = new Span(from, to, points, false);
        return trend(patient, known(vitals), span, gate);
    }

    /**
     * As above, one point for each span of this width, however many readings there are.
     *
     * @param widthMillis so wide that the points are at most {@value #MOST_POINTS}
     */
    public Trend everySpan(String patient, List<String> vitals, Instant from, Instant to, long widthMillis, Gate gate) {
        if (widthMillis < 1 || Math.ceilDiv(to.toEpochMilli() - from.toEpochMilli(), widthMillis) > MOST_POINTS) {
            throw new IllegalArgumentException("resolution must divide the span into 1 to " + MOST_POINTS + " parts");
        }
        return trend(patient, known(vitals), new Span(from, to, widthMillis, true), gate);
    }

    /** @param size of a part in milliseconds if each is to be folded, else the most points */
    private record Span(Instant from, Instant to, long size, boolean isWidth) {

        Span {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("from must be before to");
            }
        }

        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }

        long width() {
            return isWidth ? size : Fold.width(from.toEpochMilli(), to.toEpochMilli(), (int) size);
        }

        List<Trend.Point> fold(List<Fold.Sample> samples) {
            return isWidth ? Fold.everySpan(samples, from.toEpochMilli(), size)
                    : Fold.atMost(samples, from.toEpochMilli(), to.toEpochMilli(), (int) size);
        }
    }

    private static Set<Vital> known(List<String> vitals) {
        Set<Vital> known = new LinkedHashSet<>();
        for (String id : vitals) {
            known.add(Vital.of(id).orElseThrow(() -> new IllegalArgumentException("a vital that is asked for is not known; known are "
                    + List.of(Vital.values()).stream().map(Vital::id).collect(Collectors.joining(" ")))));
        }
        return known;
    }

    private Trend trend(String patient, Set<Vital> vitals, Span span, Gate gate) {
        PartitionLog log = log(patient);
        synchronized (log) {
            PatientReadings readings = log.of(patient, span.from().toEpochMilli());
            try {
                return trend(patient, vitals, span, readings, gate);
            } finally {
                log.keepAtMost(mostReadings / partitions);
            }
        }
    }

    private Trend trend(String patient, Set<Vital> asked, Span span, PatientReadings readings, Gate gate) {
        List<Item<Place>> offered = new ArrayList<>();
        for (PatientReadings.Series series : readings.series()) {
            if (asked.isEmpty() || asked.contains(series.vital())) {
                int end = series.placeOf(span.to().toEpochMilli());
                for (int at = series.placeOf(span.from().toEpochMilli()); at < end; at++) {
                    Datum datum = Datum.at(series.deviceHash(), series.vital().id(), series.time(at));
                    offered.add(new Item<>(patient, readings.newestAppendMillis(), new Offer(List.of(datum), 1), new Place(series, at)));
                }
            }
        }
        List<Place> shown = gate.pass(offered);
        Background known = background.apply(patient);
        Set<Vital> vitals = asked.isEmpty() ? shown.stream().map(place -> place.series().vital()).collect(Collectors.toCollection(LinkedHashSet::new)) : asked;
        List<Trend.Course> courses = vitals.stream().map(vital -> course(vital, shown, readings, span, known)).toList();
        return new Trend(span.from(), span.to(), courses, markers(patient, readings, span, gate), shown.size(), offered.size() - shown.size());
    }

    private static Trend.Course course(Vital vital, List<Place> shown, PatientReadings readings, Span span, Background known) {
        List<Fold.Sample> samples = new ArrayList<>();
        Set<String> devices = new LinkedHashSet<>();
        for (Place place : shown) {
            PatientReadings.Series series = place.series();
            if (series.vital() == vital) {
                devices.add(series.device());
                samples.add(new Fold.Sample(series.time(place.at()), series.milli(place.at()), readings.verdict(series, series.time(place.at()))));
            }
        }
        samples.sort(Comparator.comparingLong(Fold.Sample::millis));
        List<Trend.Point> points = span.fold(samples);
        boolean folded = samples.size() > points.size() || span.isWidth();
        Optional<Trend.Personal> personal = known.twin().flatMap(twin -> References.personal(twin, vital)).filter(band -> vital.unit() != Unit.CODE && !samples.isEmpty());    // as little is shown of it as of readings
        return new Trend.Course(vital.id(), vital.unit().ucum(), points,
                References.gapAfterMillis(known.plan(), vital, List.copyOf(devices), span.to().toEpochMilli(), folded ? span.width() : 0),
                References.limits(known.plan(), vital), personal);
    }

    private static List<Trend.Marker> markers(String patient, PatientReadings readings, Span span, Gate gate) {
        List<Item<AlertEvent>> offered = readings.alerts().stream().filter(alert -> span.holds(alert.getEffectiveTime()))
                .map(alert -> new Item<>(patient, readings.newestAppendMillis(), Offers.of(patient, alert, alert.getAppendTime().toEpochMilli()), alert)).toList();
        return gate.pass(offered).stream().map(alert -> new Trend.Marker(alert.getEffectiveTime(), "alert", alert.getRule(), alert.getAlertId(),
                alert.getPriority())).sorted(Comparator.comparing(Trend.Marker::t)).toList();
    }

    /** The log of the patient's partition, as Kafka's own partitioner finds it. */
    private synchronized PartitionLog log(String patient) {
        try {
            if (partitions == 0) {
                partitions = countPartitions();
            }
            int partition = Utils.toPositive(Utils.murmur2(privacy.onTopics(patient).getBytes(StandardCharsets.UTF_8))) % partitions;
            return logs.computeIfAbsent(partition, number -> new PartitionLog(consumers.get(), topics, ids, number));
        } catch (KafkaException e) {
            throw new HistoryUnavailable("the readings cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private int countPartitions() {
        try (Consumer<String, byte[]> consumer = consumers.get()) {
            List<PartitionInfo> found = consumer.partitionsFor(topics.readings().name());
            if (found == null || found.isEmpty()) {
                throw new HistoryUnavailable("topic " + topics.readings().name() + " does not exist");
            }
            return found.size();
        }
    }

    @Override
    public synchronized void close() {
        logs.values().forEach(log -> {
            synchronized (log) {
                log.close();
            }
        });
        logs.clear();
    }
}
