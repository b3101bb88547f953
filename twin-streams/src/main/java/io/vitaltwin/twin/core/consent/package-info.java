/**
 * Whether a reading may be used: what a patient permitted, when it was known, and the count of what was refused. Fails closed.
 *
 * @see "CLINICAL.md sections 8.3 and 3.12"
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.consent;
