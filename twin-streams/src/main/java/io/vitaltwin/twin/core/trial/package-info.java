/** What two runs over the same days have in common and where they differ. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.trial;
