package io.vitaltwin.ingest.format;

/** A way to write readings into a text file, a line each, mostly with a header line. */
public interface ReadingFormat {

    /** As the user names it, such as {@code glucose-ml}. */
    String name();

    /** Columns and units in one line, for help texts. */
    String summary();

    /** Whether the first line names the columns. */
    default boolean hasHeader() {
        return true;
    }

    /**
     * Starts a file.
     *
     * @param header the first line, without its end; empty for a format without header
     * @throws FileRefused if the file is not in this format or the settings do not go with it
     */
    LineParser open(String header, FormatSettings settings) throws FileRefused;
}
