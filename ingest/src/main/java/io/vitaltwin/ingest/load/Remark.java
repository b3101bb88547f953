package io.vitaltwin.ingest.load;

/**
 * A line that was sent although it looks odd: the twin judges it, but whoever loads the file should know.
 *
 * @param source name of the file, without its folder
 * @param line from 1, the header included
 */
public record Remark(String source, long line, Kind kind) {

    /** Reason codes of the checks that the twin will apply (clinical reference 5.2, DQ-12 and DQ-15). */
    public enum Kind {
        DUPLICATE_EXACT("same vital, time and value as an earlier line: sent, the twin counts it once"),
        CLOCK_FUTURE("the time lies ahead of the clock: sent, the twin puts it under quarantine");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }
    }

    @Override
    public String toString() {
        return source + ":" + line + ": " + kind + ": " + kind.meaning;
    }
}
