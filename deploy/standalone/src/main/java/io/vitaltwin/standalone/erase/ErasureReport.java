package io.vitaltwin.standalone.erase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an erasure came to. Names nobody.
 *
 * @param alias what the patient was called on topics, for going on after a failure; empty without encryption
 * @param keyDestroyed whether there was a key, which is gone now
 * @param searched every place with what was found there
 * @param remains topics that still name the patient
 * @param anonymousKeys how often the alias was found, which stands for nobody now
 * @param shared ids and readings that others have as well, for which nobody looked
 * @param recipients who had been shown something of the patient and must be told; a notice for each was written before the key was destroyed
 */
public record ErasureReport(String erasureId, Optional<String> alias, boolean keyDestroyed, Instant requested, Instant finished,
        List<Found> searched, List<Remains> remains, long anonymousKeys, long shared, List<String> recipients) {

    /** One place. */
    public record Found(String place, long items, long bytes, long findings, long anonymousKeys) {
    }

    /**
     * A topic that still names the patient.
     *
     * @param until when the newest of these records is removed by age; empty: never
     */
    public record Remains(String topic, long findings, Optional<Instant> until) {
    }

    public ErasureReport {
        searched = List.copyOf(searched);
        remains = List.copyOf(remains);
        recipients = List.copyOf(recipients);
    }

    /** How often something that names or measures the patient was found. */
    public long findings() {
        return searched.stream().mapToLong(Found::findings).sum();
    }
}
