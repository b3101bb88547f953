/** Everything in one JVM, and the command line. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone;
