package io.vitaltwin.schemas;

import io.vitaltwin.schemas.Topic.Cleanup;
import io.vitaltwin.schemas.Topic.TimestampType;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one catalogue of topics. Input topics (readings, patients, consents, reports, ticks) have the same number of partitions and
 * log-append time; the topology's own outputs carry the append time of the record that caused them.
 */
public final class Topics {

    static {
        TrustedRecords.trust();
    }

    public static final String DEFAULT_PREFIX = "vt.";
    public static final int DEFAULT_PARTITIONS = 4;

    /** Header of every record that a replay writes; its value is the name of the replay. Nobody is told of such a record. */
    public static final String SHADOW_HEADER = "vt-shadow";
    private static final String SHADOW = "shadow.";

    private final String prefix;
    private final int partitions;

    public Topics(String prefix, int partitions) {
        this.prefix = prefix;
        this.partitions = partitions;
    }

    /** Prefix {@code vt.} and 4 partitions. */
    public static Topics defaults() {
        return new Topics(DEFAULT_PREFIX, DEFAULT_PARTITIONS);
    }

    public String prefix() {
        return prefix;
    }

    /** The catalogue of a replay's own topics: {@code vt.shadow.NAME.*}. */
    public Topics shadow(String name) {
        return new Topics(shadowPrefix() + name + '.', partitions);
    }

    /** What the topics of all replays begin with. */
    public String shadowPrefix() {
        return prefix + SHADOW;
    }

    public int partitions() {
        return partitions;
    }

    /** Batches of readings, by patient. 30 days. */
    public Topic<ReadingBatch> readings() {
        return input("readings", ReadingBatch.class, Cleanup.DELETE, Duration.ofDays(30));
    }

    /** The care plan of each patient; the newest holds. Compacted; a plan that was replaced stays as long as readings that were judged by it: 30 days. */
    public Topic<PatientContext> patients() {
        return input("patients", PatientContext.class, Cleanup.COMPACT, Duration.ofDays(30));
    }

    /** Every version of every consent, for ever: an audit reads them all. */
    public Topic<ConsentRecord> consents() {
        return input("consents", ConsentRecord.class, Cleanup.DELETE, null);
    }

    /** What patients say. 1 year. */
    public Topic<PatientReport> reports() {
        return input("reports", PatientReport.class, Cleanup.DELETE, Duration.ofDays(365));
    }

    /** One a second per partition. 1 day. */
    public Topic<Tick> ticks() {
        return input("ticks", Tick.class, Cleanup.DELETE, Duration.ofDays(1));
    }

    /** Alert events. 1 year. */
    public Topic<AlertEvent> alerts() {
        return output("alerts", AlertEvent.class, Cleanup.DELETE, Duration.ofDays(365));
    }

    /** Refused readings, counted, without values. 6 years. */
    public Topic<ConsentViolation> violations() {
        return output("consent-violations", ConsentViolation.class, Cleanup.DELETE, Duration.ofDays(6 * 365));
    }

    /** Verdicts that were not plain ACCEPT. 90 days. */
    public Topic<QualityFlag> qualityFlags() {
        return output("quality-flags", QualityFlag.class, Cleanup.DELETE, Duration.ofDays(90));
    }

    /** The newest snapshot of each twin. Compacted. */
    public Topic<TwinSnapshot> twins() {
        return output("twins", TwinSnapshot.class, Cleanup.COMPACT, null);
    }

    /** What people do with alerts. 6 years. */
    public Topic<AlertAction> alertActions() {
        return input("alert-actions", AlertAction.class, Cleanup.DELETE, Duration.ofDays(6 * 365));
    }

    /** Who is told of whose alerts: by patient, and * for those without a team, once in each partition. Compacted. */
    public Topic<CareTeam> careTeams() {
        return input("care-teams", CareTeam.class, Cleanup.COMPACT, null);
    }

    /** Every step of every alert in the hands of people, and the actions that could not be. 6 years. */
    public Topic<AlertWorkflowEvent> alertWorkflow() {
        return output("alert-workflow", AlertWorkflowEvent.class, Cleanup.DELETE, Duration.ofDays(6 * 365));
    }

    /** The open alerts of each patient with their workflow states. Compacted. */
    public Topic<WorklistItem> worklist() {
        return output("worklist", WorklistItem.class, Cleanup.COMPACT, null);
    }

    /** Notifications and each result of delivering them. 1 year. */
    public Topic<Notification> notifications() {
        return output("notifications", Notification.class, Cleanup.DELETE, Duration.ofDays(365));
    }

    /** Who was shown what. 6 years. */
    public Topic<Disclosure> disclosures() {
        return output("disclosures", Disclosure.class, Cleanup.DELETE, Duration.ofDays(6 * 365));
    }

    /** Which device measured whom, by the hash of its serial number. 2 days. */
    public Topic<DeviceSighting> deviceSightings() {
        return input("device-sightings", DeviceSighting.class, Cleanup.DELETE, Duration.ofDays(2));
    }

    /** Devices that measured two patients without being handed on. 30 days, as the readings that they put in doubt. */
    public Topic<DeviceSharing> deviceSharings() {
        return input("device-sharings", DeviceSharing.class, Cleanup.DELETE, Duration.ofDays(30));
    }

    /** Whom to forget. Compacted; an order is removed once it is proven. */
    public Topic<ErasureOrder> erasureOrders() {
        return input("erasure-orders", ErasureOrder.class, Cleanup.COMPACT, null);
    }

    /** That somebody was erased and how it was proven; not who. For ever. */
    public Topic<Erasure> erasures() {
        return output("erasures", Erasure.class, Cleanup.DELETE, null);
    }

    /** Records that could not be read or converted: original bytes, the reason in the headers. 30 days. */
    public Topic<byte[]> deadLetters() {
        return output("readings-dlq", byte[].class, Cleanup.DELETE, Duration.ofDays(30));
    }

    /** All topics, inputs first. */
    public List<Topic<?>> all() {
        return List.of(readings(), patients(), consents(), reports(), ticks(), alerts(), violations(), qualityFlags(), twins(),
                alertActions(), careTeams(), alertWorkflow(), worklist(), notifications(), disclosures(), deviceSightings(), deviceSharings(),
                erasureOrders(), erasures(), deadLetters());
    }

    /** Those whose values have a schema: all but the dead letters. */
    public List<Topic<? extends SpecificRecord>> avro() {
        return List.of(readings(), patients(), consents(), reports(), ticks(), alerts(), violations(), qualityFlags(), twins(),
                alertActions(), careTeams(), alertWorkflow(), worklist(), notifications(), disclosures(), deviceSightings(), deviceSharings(),
                erasureOrders(), erasures());
    }

    /** What the topology reads of patients: co-partitioned, so each has the same number of partitions. */
    public List<Topic<?>> topologyInputs() {
        return List.of(readings(), patients(), consents(), reports(), deviceSharings(), ticks(), erasureOrders());
    }

    /** What the workflow of alerts reads of patients: co-partitioned too. */
    public List<Topic<?>> workflowInputs() {
        return List.of(alerts(), alertActions(), careTeams(), erasureOrders(), ticks());
    }

    private <T> Topic<T> input(String what, Class<T> type, Cleanup cleanup, @Nullable Duration kept) {
        return new Topic<>(nameOf(what), type, partitions, cleanup, Optional.ofNullable(kept), TimestampType.LOG_APPEND);
    }

    private <T> Topic<T> output(String what, Class<T> type, Cleanup cleanup, @Nullable Duration kept) {
        return new Topic<>(nameOf(what), type, partitions, cleanup, Optional.ofNullable(kept), TimestampType.CREATE);
    }

    private String nameOf(String what) {
        return prefix + what + ".v1";
    }
}
