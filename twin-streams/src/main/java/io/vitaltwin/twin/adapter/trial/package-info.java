/** The log of a patient read back: the twin as it was, and the twin as it would have been. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.adapter.trial;
