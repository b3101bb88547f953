/** Commands that read rule sets. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.cli.rules;
