package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.Refusal;

/** Told about a load while it runs, on the thread that loads. */
public interface LoadListener {

    void refused(Refusal refusal);

    void remarked(Remark remark);
}
