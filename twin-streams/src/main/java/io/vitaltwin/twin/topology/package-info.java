/** The Kafka Streams topology: one processor a file, each a thin adapter of the core. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.topology;
