package io.vitaltwin.testbench.scenario;

import java.util.Optional;

/** Plays plans through the whole topology, one after the other. Each gets an empty application. */
interface Engine extends AutoCloseable {

    /**
     * Plays every record and tick of the plan, and once more where the scenario asks for a replay.
     *
     * @throws EngineProblem when the application or the broker fails
     */
    Played play(ScenarioPlan plan);

    @Override
    void close();

    /**
     * @param readingsTopic where the readings were written
     * @param replayed what the same log gave an empty application; empty when the scenario asks for no replay
     */
    record Played(String readingsTopic, Observed observed, Optional<Observed> replayed) {
    }

    /** The application or its broker failed; the message says how, in one line. */
    final class EngineProblem extends RuntimeException {

        EngineProblem(String message) {
            super(message);
        }

        EngineProblem(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
