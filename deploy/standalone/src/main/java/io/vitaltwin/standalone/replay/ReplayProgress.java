package io.vitaltwin.standalone.replay;

/** Is told how far a replay is. Called by the thread that runs it. */
public interface ReplayProgress {

    /** Something that a person should know, once. */
    void said(String what);

    /** @param done records taken for good @param all records of the range and its warm-up */
    void moved(long done, long all);
}
