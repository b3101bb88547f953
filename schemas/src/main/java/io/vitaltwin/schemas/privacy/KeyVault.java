package io.vitaltwin.schemas.privacy;

import java.util.Optional;

/** Where the patients' keys are. Implementations are safe for use by several threads and several processes. */
public interface KeyVault {

    /** What became of a key. */
    sealed interface Found {

        /** It is there. */
        record Key(PatientKey key) implements Found {
        }

        /** It was destroyed: what it sealed is gone for ever. */
        record Erased() implements Found {
        }

        /** This vault never had it. */
        record Unknown() implements Found {
        }
    }

    /**
     * The patient's key, made when there is none yet.
     *
     * @throws PatientErased when it was destroyed: the same name gets no second key
     * @throws VaultProblem when the vault cannot be read or written
     */
    PatientKey keyOf(String patient);

    /**
     * The patient's key, if there is one.
     *
     * @throws PatientErased when it was destroyed
     * @throws VaultProblem when the vault cannot be read
     */
    Optional<PatientKey> find(String patient);

    /** The key with this name. @throws VaultProblem when the vault cannot be read */
    Found byAlias(Alias alias);

    /** Whom the alias stands for; empty once the key is destroyed, or when this vault never had it. */
    Optional<String> patientOf(Alias alias);

    /**
     * Destroys the patient's key for ever, and remembers that it did without the name. A second time changes nothing.
     *
     * @throws VaultProblem when the patient has no key, or it cannot be destroyed
     */
    void destroy(String patient);
}
