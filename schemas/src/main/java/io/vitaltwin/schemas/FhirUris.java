package io.vitaltwin.schemas;

/**
 * URIs of FHIR R4 resources that one module reads and another writes: the same word on both sides.
 *
 * @see "twin-streams/CLINICAL.md sections 1.1 and 8.1"
 */
public final class FhirUris {

    /** What this project defines begins so; README.txt of an export explains each. */
    public static final String OURS = "https://vitaltwin.io/fhir/";
    /** Ids of vitals, such as {@code heart_rate}. */
    public static final String VITAL = OURS + "CodeSystem/vital";
    /** Extensions of this project: the name follows. */
    public static final String EXTENSION = OURS + "StructureDefinition/";

    public static final String LOINC = "http://loinc.org";
    public static final String UCUM = "http://unitsofmeasure.org";

    /** Code systems of HL7: the name follows. */
    public static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
    /** What processing is done for. */
    public static final String ACT_REASON = TERMINOLOGY + "v3-ActReason";
    /** Opting in and out. */
    public static final String ACT_CODE = TERMINOLOGY + "v3-ActCode";
    /** What a consent permits or denies to be done. */
    public static final String CONSENT_ACTION = TERMINOLOGY + "consentaction";

    private FhirUris() {
    }
}
