package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.console.Trend;
import io.vitaltwin.alerts.console.TrendSource;
import io.vitaltwin.alerts.console.ViewGate;
import io.vitaltwin.alerts.console.Visitor;
import io.vitaltwin.alerts.console.Ward;
import io.vitaltwin.twin.adapter.RuleSetFile;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.query.Histories;
import io.vitaltwin.twin.query.HistoryUnavailable;
import io.vitaltwin.twin.topology.StoredTwins;

import java.time.Instant;
import java.util.List;

/** Past readings for the console, from the log, each asked for at the console's gate. Limits are those of the bundled rules and the care plan. */
final class ConsoleTrends implements TrendSource {

    private final ConsoleGate gate;
    private final Histories histories;

    ConsoleTrends(ClusterOptions cluster, ConsoleGate gate, Ward ward) {
        this.gate = gate;
        StoredTwins plans = new StoredTwins(cluster.topics(), cluster.schemaIds(), RuleSetFile.bundled());
        this.histories = new Histories(() -> cluster.privacy().consumer(cluster.readerProperties()), cluster.topics(), cluster.schemaIds(), cluster.privacy(),
                patient -> new Histories.Background(plans.plan(ward.plan(patient)), ward.twin(patient)), Histories.MOST_READINGS);
    }

    @Override
    public Trend trend(Visitor visitor, String patient, Instant from, Instant to, List<String> vitals, int points) {
        try {
            return shown(histories.trend(patient, vitals, from, to, points, new Histories.Gate() {
                @Override
                public <T> List<T> pass(List<Item<T>> items) {
                    return gate.pass(visitor, items);
                }
            }));
        } catch (HistoryUnavailable e) {
            throw new ViewGate.Unavailable("past readings cannot be read", e);
        }
    }

    private static Trend shown(io.vitaltwin.twin.query.Trend trend) {
        return new Trend(trend.from(), trend.to(), trend.vitals().stream().map(ConsoleTrends::series).toList(),
                trend.markers().stream().map(marker -> new Trend.Marker(marker.t().toEpochMilli(), marker.kind(), marker.label(), marker.alertId(), marker.priority()))
                        .toList());
    }

    private static Trend.Series series(io.vitaltwin.twin.query.Trend.Course course) {
        return new Trend.Series(course.vital(), course.unit(),
                course.points().stream().map(point -> new Trend.Point(point.t().toEpochMilli(), point.min(), point.value(), point.max(), point.verdict())).toList(),
                course.gapAfterMillis(), course.limits().map(limits -> new Trend.Limits(limits.low().orElse(null), limits.high().orElse(null))).orElse(null),
                course.personal().map(usual -> new Trend.Personal(usual.low(), usual.median(), usual.high())).orElse(null));
    }

    @Override
    public void close() {
        histories.close();
    }
}
