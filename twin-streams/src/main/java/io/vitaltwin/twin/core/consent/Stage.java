package io.vitaltwin.twin.core.consent;

/** What is done with a reading when consent is asked for. Stored in state by number: append only. */
public enum Stage {
    COLLECT, USE, DISCLOSE,
    /**
     * A part of {@link #USE}: outputs about what may come. A patient may permit the use of a vital and still not want to know.
     *
     * @see "CLINICAL.md section 8.4, E10.5"
     */
    PREDICT,
    /** A part of {@link #USE}: outputs that nobody asked for, such as the suspicion of an illness that is not treated yet. */
    SCREEN;

    boolean isPartOfUse() {
        return this == PREDICT || this == SCREEN;
    }
}
