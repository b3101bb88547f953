package io.vitaltwin.schemas.privacy;

/** The patient was erased: nothing more is taken under that name. */
public final class PatientErased extends VaultProblem {

    private static final long serialVersionUID = 1L;

    public PatientErased() {
        super("this patient was erased and nothing more is taken under the old pseudonym; register a new pseudonym to begin again");
    }
}
