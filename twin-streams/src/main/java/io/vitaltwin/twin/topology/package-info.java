/** The topology and its processors: read, call the core, write, forward. Nothing is decided here. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.topology;
