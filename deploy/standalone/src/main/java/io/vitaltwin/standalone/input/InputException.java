package io.vitaltwin.standalone.input;

/** A file that cannot be understood. The message is one line that begins with where it is, such as {@code file:line:}, and says what to do. */
public final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InputException(String file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }

    /** @param where the file, with a line where there is one, and the path of the element */
    public InputException(String where, String message) {
        super(where + ": " + message);
    }

    InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
