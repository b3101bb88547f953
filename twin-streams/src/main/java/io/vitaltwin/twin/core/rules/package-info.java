/** The rules: when an episode begins, worsens and ends, and with which certainty. One class a family. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.rules;
