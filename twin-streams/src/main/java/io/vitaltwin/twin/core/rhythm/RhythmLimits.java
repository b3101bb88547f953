package io.vitaltwin.twin.core.rhythm;

/**
 * The numbers of the detector.
 *
 * @param entropyMilli entropy at a beat from which the beat counts as irregular, in thousandths
 * @param shareMilli share of irregular beats from which a window is irregular, in thousandths
 * @param windows irregular windows in a row that are told
 * @param resetMillis a row of irregular windows that takes longer begins anew
 */
public record RhythmLimits(long entropyMilli, long shareMilli, int windows, long resetMillis) {
}
