package io.vitaltwin.twin.adapter.disclosure;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.twin.core.consent.ConsentTimeline;
import io.vitaltwin.twin.core.consent.ConsentVersion;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.topology.ConsentRecords;

import java.util.HashMap;
import java.util.Map;

/** The consents of many patients as one viewer must read them. For one thread. */
public final class ConsentBook {

    private final Viewer viewer;
    private final Map<String, ConsentTimeline> timelines = new HashMap<>();

    public ConsentBook(Viewer viewer) {
        this.viewer = viewer;
    }

    /** @param appendMillis append time of the record */
    public void take(String patient, ConsentRecord consent, long appendMillis) {
        ConsentVersion version = viewer.read(ConsentRecords.version(consent, appendMillis));
        timelines.put(patient, of(patient).apply(version));
    }

    public ConsentTimeline of(String patient) {
        return timelines.getOrDefault(patient, ConsentTimeline.empty());
    }
}
