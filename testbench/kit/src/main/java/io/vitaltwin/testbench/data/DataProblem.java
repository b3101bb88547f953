package io.vitaltwin.testbench.data;

import java.nio.file.Path;

/** A file of a data set is not as it should be: where, and what is expected there. Never what the file says: people were measured. */
public final class DataProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DataProblem(Path file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
    }

    public DataProblem(Path file, String problem) {
        super(file + ": " + problem);
    }
}
