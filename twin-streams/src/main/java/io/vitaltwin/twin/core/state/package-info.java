/** What the twin remembers of one patient, and its compact binary form. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.state;
