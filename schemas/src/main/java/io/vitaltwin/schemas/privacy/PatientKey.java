package io.vitaltwin.schemas.privacy;

import javax.crypto.SecretKey;

/**
 * The key that everything of one patient is sealed with.
 *
 * @param alias names the key, and stands for the patient
 * @param secret AES, 256 bits
 */
public record PatientKey(Alias alias, SecretKey secret) {

    /** Redacted. */
    @Override
    public String toString() {
        return "PatientKey[" + alias + "]";
    }
}
