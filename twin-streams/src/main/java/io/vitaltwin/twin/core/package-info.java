/** Decides everything, knows only the JDK: words, folds and rules. Same input, same result: no clock, no I/O, no log. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core;
