package io.vitaltwin.alerts.console;

import io.vitaltwin.alerts.core.Basis;

import java.util.List;
import java.util.function.Consumer;

/**
 * Whether somebody may see something. Asked before each view and each event of a stream; who implements it writes down what is shown and what is
 * refused. Safe for several threads.
 */
public interface ViewGate extends AutoCloseable {

    /** How something leaves. */
    enum Way { API, STREAM }

    /**
     * Something that is shown whole or not at all.
     *
     * @param patient as people know the patient
     * @param appendMillis append time of its record
     * @param basis the measurements that it rests on; empty: none, such as a notice that monitoring stopped
     */
    record Thing(String patient, long appendMillis, List<Basis> basis) {

        public Thing {
            basis = List.copyOf(basis);
        }
    }

    /**
     * For each thing, in order, whether it may be shown. What was withdrawn before the call is withheld.
     *
     * @throws Unavailable when that cannot be said or written down: then nothing may be shown
     */
    List<Boolean> ask(Visitor visitor, Way way, List<Thing> things);

    /** Whether any consent of the patient permits anything now. */
    boolean isInForce(String patient);

    /** Who is told when what a patient permits has changed; the patient as people know the patient. */
    void onChange(Consumer<String> listener);

    @Override
    void close();

    /** Consent cannot be asked or a disclosure cannot be written. The message holds nothing about a patient. */
    final class Unavailable extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
