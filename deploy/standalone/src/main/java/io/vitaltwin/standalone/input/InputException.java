package io.vitaltwin.standalone.input;

/** A file that cannot be understood. The message is one line that begins with {@code file:line:} and says what to do. */
public final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InputException(String file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }

    InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
