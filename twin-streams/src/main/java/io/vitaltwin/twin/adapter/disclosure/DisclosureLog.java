package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.Disclosure;

import java.util.List;

/** Where disclosures and their refusals are written down. */
public interface DisclosureLog extends AutoCloseable {

    /**
     * Writes all and returns when all in-sync replicas have them.
     *
     * @throws DisclosureFailed if any was not taken
     */
    void write(List<Disclosure> disclosures, List<ConsentViolation> violations);

    @Override
    void close();
}
