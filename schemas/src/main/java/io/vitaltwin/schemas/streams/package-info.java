/**
 * What every Kafka Streams application of the project does alike with patients' data: sealed clients, and stores that forget. Needs {@code kafka-streams},
 * which whoever uses this brings.
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.schemas.streams;
