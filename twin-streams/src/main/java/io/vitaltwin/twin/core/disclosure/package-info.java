/**
 * What may be shown or sent to whom, and what must be written down about it. Fails closed.
 *
 * @see "CLINICAL.md sections 8.3 and 8.4 (E4)"
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.disclosure;
