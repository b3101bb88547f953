/** Consents in the words of HL7 FHIR R4. What cannot be honoured is refused with the path of its element, never passed over. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.input.fhir;
