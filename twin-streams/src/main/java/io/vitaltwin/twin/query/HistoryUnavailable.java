package io.vitaltwin.twin.query;

/** The log could not be read: there is no answer, not an empty one. */
public final class HistoryUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HistoryUnavailable(String message) {
        super(message);
    }

    HistoryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
