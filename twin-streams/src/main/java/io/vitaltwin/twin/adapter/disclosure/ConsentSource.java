package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.twin.core.consent.ConsentTimeline;

/** What patients permit, as far as it is known. */
public interface ConsentSource extends AutoCloseable {

    /**
     * Takes in every consent that was committed before this call.
     *
     * @throws DisclosureFailed if that cannot be done
     */
    void catchUp();

    /** Empty for a patient who has never said anything. */
    ConsentTimeline of(String patient);

    @Override
    void close();
}
