package io.vitaltwin.ingest;

/**
 * Why something was not taken at a front door, and where it stands. Never holds a measured value or the text that was refused.
 *
 * @param source name of the file, without its folder
 * @param line from 1, the header included
 * @param column character of the line from 1, where the refused field starts
 * @param message what is wrong and what to do
 */
public record Refusal(String source, long line, int column, Reason reason, String message) {

    /** Codes of the data-quality checks DQ-01 and DQ-02 (clinical reference 5.2). */
    public enum Reason { SCHEMA_INVALID, UNIT_UNKNOWN }

    /** {@code file:line:column: REASON: what to do}, as compilers write it. */
    @Override
    public String toString() {
        return source + ":" + line + ":" + column + ": " + reason + ": " + message;
    }
}
