package io.vitaltwin.standalone.replay;

/** What a replay could not do: names what, where, and what to do. */
public final class ReplayFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReplayFailed(String message) {
        super(message);
    }

    public ReplayFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
