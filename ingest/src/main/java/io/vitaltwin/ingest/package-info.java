/** Front doors for devices and files; reading batches out. Refuses bad input with a reason. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.ingest;
