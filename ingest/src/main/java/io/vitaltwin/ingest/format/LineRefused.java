package io.vitaltwin.ingest.format;

import io.vitaltwin.ingest.Refusal;

/** One line cannot become readings. Says where and what to do, never what the line said. */
public final class LineRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int column;
    private final Refusal.Reason reason;

    /** @param column character of the line from 1 */
    public LineRefused(int column, Refusal.Reason reason, String message) {
        // Bad files are expected: no stack is worth its cost here.
        super(message, null, false, false);
        this.column = column;
        this.reason = reason;
    }

    static LineRefused invalid(int column, String message) {
        return new LineRefused(column, Refusal.Reason.SCHEMA_INVALID, message);
    }

    public int column() {
        return column;
    }

    public Refusal.Reason reason() {
        return reason;
    }

    /** @param source name of the file, without its folder */
    public Refusal at(String source, long line) {
        return new Refusal(source, line, column, reason, getMessage());
    }
}
