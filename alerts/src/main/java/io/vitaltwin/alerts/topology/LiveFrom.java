package io.vitaltwin.alerts.topology;

/** From when on somebody is there to tell what falls due. Asked once when a task begins its work. */
@FunctionalInterface
public interface LiveFrom {

    /** Nobody was ever away, such as in a replay: every step is told at its own time. */
    LiveFrom ALWAYS = partition -> Long.MIN_VALUE;

    /**
     * Up to where the log had come when the task began.
     *
     * @param partition of the inputs
     * @return append time of the newest tick; Long.MIN_VALUE: there is none
     */
    long millis(int partition);
}
