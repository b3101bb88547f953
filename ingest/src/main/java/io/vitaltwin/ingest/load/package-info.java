/** Loading a file: line by line to the readings topic, and what cannot be a reading to the dead letters. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.ingest.load;
