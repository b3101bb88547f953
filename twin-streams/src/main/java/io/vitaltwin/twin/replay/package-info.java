/** Runs the twin once more over a part of the log, beside the one that runs. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.replay;
