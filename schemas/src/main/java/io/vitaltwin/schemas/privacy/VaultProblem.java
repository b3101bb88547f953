package io.vitaltwin.schemas.privacy;

/** The vault of keys cannot do what it is asked: the message names the place and what to do, never a patient or a secret. */
public class VaultProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public VaultProblem(String message) {
        super(message);
    }

    public VaultProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
