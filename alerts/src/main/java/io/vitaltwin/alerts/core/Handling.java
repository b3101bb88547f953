package io.vitaltwin.alerts.core;

import java.util.Optional;

/**
 * How far an alert has come with the people who handle it.
 *
 * @param round how often it began to call, from 1
 * @param sinceMillis when this round began, or begins: the rungs of the ladder count from here
 * @param rungs rungs of the ladder that this round has reached
 * @param assignee empty: nobody
 * @param held a step that fell due while nobody could tell it
 * @param step the newest step that was planned; empty: none
 */
public record Handling(int round, long sinceMillis, int rungs, Attention attention, String assignee, Optional<Held> held, String step) {

    /** @param noticeId names the step; @param dueMillis when it fell due */
    public record Held(Step step, String noticeId, long dueMillis) {
    }

    /** Before anybody knows of it. */
    static Handling begun(long sinceMillis) {
        return new Handling(1, sinceMillis, 0, new Attention.Waiting(), "", Optional.empty(), "");
    }

    /** It calls anew, from the first rung on. */
    Handling nextRound(long since) {
        return new Handling(round + 1, since, 0, new Attention.Waiting(), assignee, Optional.empty(), "");
    }

    /** A rung is reached. */
    Handling climbed() {
        return new Handling(round, sinceMillis, rungs + 1, attention, assignee, held, step);
    }

    /** Whatever was still to be told is told no more, unless the alert goes on waiting. */
    Handling with(Attention other) {
        return new Handling(round, sinceMillis, rungs, other, assignee, other instanceof Attention.Waiting ? held : Optional.empty(), step);
    }

    Handling withAssignee(String other) {
        return new Handling(round, sinceMillis, rungs, attention, other, held, step);
    }

    Handling withHeld(Held other) {
        return new Handling(round, sinceMillis, rungs, attention, assignee, Optional.of(other), step);
    }

    /** This step was planned; what was held before is not told any more. */
    Handling told(Step newest) {
        return new Handling(round, sinceMillis, rungs, attention, assignee, Optional.empty(), newest.name());
    }

    /** Goes on from a time, with at least so many rungs behind it. */
    Handling resumed(long since, int leastRungs) {
        return new Handling(round, since, Math.max(rungs, leastRungs), attention, assignee, held, step);
    }

    /** As it was, in a later round: ids of steps are never used twice. */
    Handling inRound(int later) {
        return new Handling(later, sinceMillis, rungs, attention, assignee, held, step);
    }
}
