package io.vitaltwin.standalone.upgrade;

/**
 * One thing that was looked at.
 *
 * @param about application, topic or store
 * @param text what was found and what follows, in words for people; never with anything of a record
 */
public record Finding(Level level, String about, String text) {

    /** How much it matters. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Worth knowing; nothing breaks. */
        NOTE,
        /** A rolling upgrade would stop, lose state, or leave records unread. */
        BREAKS
    }
}
