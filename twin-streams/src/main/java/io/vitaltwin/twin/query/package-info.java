/** What may be asked about a live twin, and who answers: over HTTP, and for others in this process. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.query;
