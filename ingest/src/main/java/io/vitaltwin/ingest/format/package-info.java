/** What files of readings look like: one class per format, all cutting lines into readings or into a refusal with its place. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.ingest.format;
