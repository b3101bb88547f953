package io.vitaltwin.alerts.delivery;

import java.time.Duration;

/**
 * Keeps a channel that fails from being asked for each message: after some failures in a row nothing is sent for a while, then one message tries
 * for all. Not safe for several threads.
 */
public final class Breaker {

    /** CLOSED: it works. OPEN: nothing is sent. PROBING: one message tries. */
    public enum State { CLOSED, OPEN, PROBING }

    private final int failures;
    private final long openMillis;
    private int inARow;
    private long openUntil;
    private State state = State.CLOSED;

    /** @param failures in a row that open it @param open for how long */
    public Breaker(int failures, Duration open) {
        if (failures < 1 || open.isNegative()) {
            throw new IllegalArgumentException("a breaker opens after at least one failure, for no negative time");
        }
        this.failures = failures;
        this.openMillis = open.toMillis();
    }

    /** Five failures, half a minute: project defaults, no source. */
    public static Breaker defaults() {
        return new Breaker(5, Duration.ofSeconds(30));
    }

    public State state() {
        return state;
    }

    /** Whether a message may be sent now. Whoever sends one says afterwards what came of it. */
    public boolean lets(long nowMillis) {
        if (state == State.OPEN && nowMillis >= openUntil) {
            state = State.PROBING;
        }
        return state != State.OPEN;
    }

    /** When the next message may be sent; a time that is past while one may be sent now. */
    public long openUntilMillis() {
        return state == State.OPEN ? openUntil : Long.MIN_VALUE;
    }

    /** The receiver answered: also when it refused this one message. */
    public void answered() {
        inARow = 0;
        state = State.CLOSED;
    }

    /** No answer, or one that says that it cannot work now. */
    public void failed(long nowMillis) {
        inARow++;
        if (state == State.PROBING || inARow >= failures) {
            state = State.OPEN;
            openUntil = nowMillis + openMillis;
        }
    }
}
