package io.vitaltwin.ingest.format;

/** A file that is not in the format it was said to be in: nothing of it is read. The message says what was expected. */
public final class FileRefused extends Exception {

    private static final long serialVersionUID = 1L;

    public FileRefused(String message) {
        super(message);
    }
}
