package io.vitaltwin.ingest.format;

/** A way to write readings into a text file with a header line. */
public interface ReadingFormat {

    /** As the user names it, such as {@code glucose-ml}. */
    String name();

    /** Columns and units in one line, for help texts. */
    String summary();

    /**
     * Starts a file.
     *
     * @param header the first line, without its end
     * @throws FileRefused if the file is not in this format or the settings do not go with it
     */
    LineParser open(String header, FormatSettings settings) throws FileRefused;
}
