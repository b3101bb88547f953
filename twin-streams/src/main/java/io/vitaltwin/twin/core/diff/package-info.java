/** Two sets of alerts over the same time, compared. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.diff;
