/** What we write as FHIR, judged by HAPI FHIR. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.testbench.fhir;
