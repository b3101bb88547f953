/** The gate that everything about a patient passes on its way out: consents from the log, disclosures and violations into it. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.adapter.disclosure;
