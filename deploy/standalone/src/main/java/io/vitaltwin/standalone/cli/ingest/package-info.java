/** Commands that write readings. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.cli.ingest;
