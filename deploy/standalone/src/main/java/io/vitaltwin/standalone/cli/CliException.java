package io.vitaltwin.standalone.cli;

/**
 * What a command could not do, said for the person who typed it: one line that names what, where and what to do. Printed
 * without a stack trace.
 */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CliException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private CliException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command was right but could not be done: exit 1. */
    public static CliException failed(String message) {
        return new CliException(ExitCodes.FAILED, message);
    }

    /** The command was right but could not be done: exit 1. The cause is shown with {@code --debug} only. */
    public static CliException failed(String message, Throwable cause) {
        return new CliException(ExitCodes.FAILED, message, cause);
    }

    /** The call itself is wrong: exit 2. */
    public static CliException wrongCall(String message) {
        return new CliException(ExitCodes.WRONG_CALL, message);
    }

    /** The call itself is wrong: exit 2. The cause is shown with {@code --debug} only. */
    public static CliException wrongCall(String message, Throwable cause) {
        return new CliException(ExitCodes.WRONG_CALL, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
