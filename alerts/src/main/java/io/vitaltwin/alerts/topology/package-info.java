/** Alert events and actions in, workflow events, worklist and planned steps out: Kafka Streams. One processor a file. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.topology;
