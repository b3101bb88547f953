package io.vitaltwin.twin.core;

/**
 * Where a reading stands in the log.
 *
 * @param partition partition of the readings topic
 * @param index place in its batch, from 0
 */
public record Coordinates(int partition, long offset, int index) {
}
