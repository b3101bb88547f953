/** Erasing a patient, and proving it by searching everything. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.erase;
