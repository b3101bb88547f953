package io.vitaltwin.standalone;

/**
 * Where the cluster is not as the catalogue says.
 *
 * @param setting Kafka's name of what differs; {@code partitions} for the number of partitions, empty when the topic is missing
 * @param wanted what the catalogue says
 * @param found what the cluster has; empty when the topic is missing
 */
public record TopicDifference(String topic, Kind kind, String setting, String wanted, String found) {

    public enum Kind {
        /** Not on the cluster. {@link TopicAdmin#apply} creates it. */
        MISSING,
        /** A setting differs. {@link TopicAdmin#apply} sets it. */
        SETTING,
        /**
         * Another number of partitions. Never changed: the records that are there would no longer lie where their key belongs, and
         * a patient's twin would be split.
         */
        PARTITIONS
    }

    /** Whether {@link TopicAdmin#apply} mends it. */
    public boolean canBeApplied() {
        return kind != Kind.PARTITIONS;
    }
}
