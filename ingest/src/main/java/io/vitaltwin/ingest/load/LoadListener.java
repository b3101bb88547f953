package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.Refusal;

/** Told about a load while it runs, on the thread that loads. */
public interface LoadListener {

    void refused(Refusal refusal);

    void remarked(Remark remark);

    /**
     * Called now and then.
     *
     * @param bytes of the file that have been read, zipped as they are
     */
    default void progressed(long bytes) {
        // not everybody shows it
    }
}
