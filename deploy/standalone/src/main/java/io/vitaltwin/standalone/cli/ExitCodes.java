package io.vitaltwin.standalone.cli;

/** What the program ends with; scripts rely on it. */
public final class ExitCodes {

    /** Done, nothing found. */
    public static final int DONE = 0;
    /** Failed, or found what it was asked to look for. */
    public static final int FAILED = 1;
    /** The call is wrong: unknown option, missing file, unreadable value. */
    public static final int WRONG_CALL = 2;

    private ExitCodes() {
    }
}
