/** Replays of the twin: what each was asked, its topics, its run to the end and its removal. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.replay;
