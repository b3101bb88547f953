package io.vitaltwin.standalone.erase;

/** An erasure cannot begin or go on: the message says what to do, and never names the patient. */
public final class ErasureFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ErasureFailed(String message) {
        super(message);
    }

    ErasureFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
