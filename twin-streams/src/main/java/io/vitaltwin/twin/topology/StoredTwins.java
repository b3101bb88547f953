package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.AvroSerde;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.rules.News2Rules;
import io.vitaltwin.twin.core.rules.RuleSet;
import io.vitaltwin.twin.core.rules.Turn;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinState;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the stores hold of a patient, told in the words in which snapshots are published. Changes nothing. Safe for several threads. */
public final class StoredTwins {

    /** Names of the stores that are asked; each is keyed by the patient as topics name it. */
    public static final String TWINS = TwinStores.TWINS;
    public static final String PLANS = TwinStores.PLANS;
    public static final String CONSENTS = TwinStores.CONSENTS;

    private final String readingsTopic;
    private final AvroSerde<PatientContext> plans;
    private final RuleSet rules;

    /** @param rules those that the topology decides with */
    public StoredTwins(Topics topics, SchemaIds ids, RuleSet rules) {
        this.readingsTopic = topics.readings().name();
        this.plans = new AvroSerde<>(topics.patients(), ids);
        this.rules = rules;
    }

    /**
     * Values of the stores, read one after the other while the topology may write.
     *
     * @param plan null: there is none
     * @param consents null: nothing was ever said
     */
    public record Stored(byte[] twin, byte @Nullable [] plan, byte @Nullable [] consents) {
    }

    /**
     * A twin at a time.
     *
     * @param snapshot as the topology would publish it at {@code nowMillis}; its append time is that of the newest event that the twin took in
     * @param nowMillis to which ages relate
     * @param monitored whether any consent permitted monitoring when last asked
     * @param coveredUntil when consent may change by itself; empty: never
     * @param heard device to the time at which it was last heard, of any verdict
     * @param silent devices with a stream of which nothing has come for too long
     */
    public record Told(TwinSnapshot snapshot, Plan plan, long nowMillis, boolean monitored, Optional<Instant> coveredUntil, Map<String, Instant> heard,
            Set<String> silent) {

        public Told {
            heard = Map.copyOf(heard);
            silent = Set.copyOf(silent);
        }
    }

    /**
     * @param patient as topics name the patient: alert ids come from it
     * @param streamMillis stream time where the twin is; 0 when it is not known: then the twin is told as of its own newest event
     */
    public Told tell(String patient, int partition, Stored stored, long streamMillis) {
        TwinState twin = TwinState.decode(stored.twin());
        Plan plan = plan(stored.plan());
        ConsentTimeline consents = stored.consents() == null ? ConsentTimeline.empty() : ConsentTimeline.decode(stored.consents());
        Visit visit = new Visit(patient, twin, plan, consents, Math.max(streamMillis, twin.appendMillis()));
        visit.consentVersion = consents.newestLabel();
        Turn turn = new Turn(twin, plan, visit.nowMillis, change -> {
            throw new IllegalStateException("whoever looks at a twin raises nothing");
        });
        TwinSnapshot snapshot = new ToAvro(readingsTopic, partition).snapshot(visit, News2Rules.score(turn, visit.nowMillis), stored.twin().length);
        snapshot.setAppendTime(Instant.ofEpochMilli(twin.appendMillis()));
        Map<String, Instant> heard = new TreeMap<>();
        Set<String> silent = new TreeSet<>();
        for (StreamState stream : twin.streams()) {
            if (stream.heardMillis() > 0) {
                heard.merge(stream.deviceId(), Instant.ofEpochMilli(stream.heardMillis()), (one, other) -> one.isAfter(other) ? one : other);
            }
            if (stream.isSilent()) {
                silent.add(stream.deviceId());
            }
        }
        long until = twin.coveredUntilMillis();
        return new Told(snapshot, plan, visit.nowMillis, twin.isMonitored(),
                until == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until)), heard, silent);
    }

    /** The plan as rules read it, with this patient's own numbers; without one, that of somebody of whom nothing may be collected. */
    public Plan plan(byte @Nullable [] stored) {
        PatientContext context = stored == null ? null : plans.deserialize(PLANS, stored);
        return plan(Optional.ofNullable(context));
    }

    /** As above, of a record that was read elsewhere. */
    public Plan plan(Optional<PatientContext> context) {
        return context.map(known -> FromAvro.plan(known, rules)).orElseGet(() -> FromAvro.nobody(rules));
    }

    /** All stores that are asked for one patient. */
    public static List<String> stores() {
        return List.of(TWINS, PLANS, CONSENTS);
    }
}
