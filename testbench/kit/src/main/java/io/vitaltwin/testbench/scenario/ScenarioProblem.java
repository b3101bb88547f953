package io.vitaltwin.testbench.scenario;

import java.nio.file.Path;

/** A scenario file that cannot be understood. The message begins with file and line. */
public final class ScenarioProblem extends RuntimeException {

    /** @param line counted from 1 */
    ScenarioProblem(Path file, int line, String what) {
        super(file + ":" + line + ": " + what);
    }
}
