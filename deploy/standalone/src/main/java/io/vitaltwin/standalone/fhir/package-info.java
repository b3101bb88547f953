/** Records of the topics as HL7 FHIR R4 resources, one JSON object each. Pure: the same record is the same bytes. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.fhir;
