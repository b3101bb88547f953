/** The command line. One class per command; the common options are mixins. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.cli;
