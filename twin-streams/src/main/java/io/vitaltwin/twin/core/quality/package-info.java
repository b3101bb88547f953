/** Decides how far a reading can be trusted: what it is, whether it can be true, how uncertain it is. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.quality;
