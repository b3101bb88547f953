package io.vitaltwin.twin.adapter.disclosure;

/** Consent could not be asked, or the disclosure could not be written down: nothing is shown. */
public final class DisclosureFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DisclosureFailed(String message) {
        super(message);
    }

    public DisclosureFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
