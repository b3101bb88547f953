/**
 * Irregular rhythm from the times between heart beats: published detectors as pure functions, and one that follows a stream beat by beat.
 *
 * @see "CLINICAL.md section 3.5"
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.rhythm;
