package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.Reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of one patient before the key is destroyed, to be looked for afterwards. Kept in memory only, and only as long as the search
 * takes.
 */
final class Traces {

    /** Readings that are looked for: enough that any place with a fair part of them is found. Project default, no source. */
    static final int SAMPLE = 2_000;

    /** Characters below which a text stands anywhere by chance. Project default, no source. */
    private static final int SHORTEST_TEXT = 16;

    private final String patient;
    private final Set<String> devices = new LinkedHashSet<>();
    private final Set<String> consents = new LinkedHashSet<>();
    private final Set<String> recipients = new TreeSet<>();
    private final Set<String> serialHashes = new TreeSet<>();
    private final Set<String> othersIds = new LinkedHashSet<>();
    private final Set<String> othersDevices = new LinkedHashSet<>();
    private final Set<String> othersConsents = new LinkedHashSet<>();
    private final List<Reading> readings = new ArrayList<>();
    private final Set<String> alerts = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<String> othersNotes = new HashSet<>();
    private final Set<String> sample = new HashSet<>();
    private final Set<String> othersReadings = new HashSet<>();
    private final Random random = new Random(1);
    private long readingsSeen;

    Traces(String patient) {
        this.patient = patient;
    }

    void device(String owner, String device) {
        (isPatient(owner) ? devices : othersDevices).add(device);
    }

    void consent(String owner, String consent) {
        (isPatient(owner) ? consents : othersConsents).add(consent);
    }

    /** A device with this hash of its serial number measured the patient in the last days. */
    void sighted(String serialHash) {
        serialHashes.add(serialHash);
    }

    Set<String> serialHashes() {
        return serialHashes;
    }

    /** Who was shown something of the patient. */
    void recipient(String recipient) {
        recipients.add(recipient);
    }

    /** Each reading is kept with the same chance, whenever it came. */
    void reading(Reading reading) {
        readingsSeen++;
        if (readings.size() < SAMPLE) {
            readings.add(reading);
        } else {
            long place = random.nextLong(readingsSeen);
            if (place < SAMPLE) {
                readings.set((int) place, reading);
            }
        }
    }

    /** An alert of the patient: its id is nobody else's. Only the first ones are looked for. */
    void alert(String alertId) {
        if (alertId.length() >= SHORTEST_TEXT && alerts.size() < SAMPLE) {
            alerts.add(alertId);
        }
    }

    /** What somebody wrote about an alert. Only the first of the patient are looked for, and none that was written of others as well. */
    void note(String owner, String text) {
        if (owner.equals(patient) && text.length() >= SHORTEST_TEXT && notes.size() < SAMPLE) {
            notes.add(text);
        }
    }

    /** As {@link #note}, of somebody else, told once all of the patient's are known. */
    void othersNote(String text) {
        notes.stream().filter(text::contains).forEach(othersNotes::add);
    }

    boolean hasNotes() {
        return !notes.isEmpty();
    }

    /** A reading of somebody else, told once all of the patient's are known: the same value at the same instant proves nothing. */
    void othersReading(Reading reading) {
        if (sample.isEmpty()) {
            readings.forEach(one -> sample.add(measured(one)));
        }
        String measured = measured(reading);
        if (sample.contains(measured)) {
            othersReadings.add(measured);
        }
    }

    private static String measured(Reading reading) {
        return reading.getEffectiveTime().toEpochMilli() + " " + reading.getValue();
    }

    private boolean isPatient(String owner) {
        if (!owner.equals(patient)) {
            othersIds.add(owner);
        }
        return owner.equals(patient);
    }

    Set<String> recipients() {
        return recipients;
    }

    boolean isEmpty() {
        return devices.isEmpty() && consents.isEmpty() && readings.isEmpty();
    }

    boolean hasReadings() {
        return !readings.isEmpty();
    }

    /**
     * What others have as well, such as the default consent, or the same value at the same instant: finding it proves nothing, so nobody looks
     * for it.
     */
    long shared() {
        return othersReadings.size() + othersNotes.size() + devices.stream().filter(othersDevices::contains).count() + consents.stream().filter(othersConsents::contains).count();
    }

    /** @param alias what stands for the patient on topics; the patient's id itself while encryption is off */
    ByteSearch search(String alias) {
        List<Marker> markers = new ArrayList<>();
        markers.add(Marker.ofId(Marker.Kind.PATIENT, patient));
        if (!alias.equals(patient)) {
            markers.add(Marker.ofId(Marker.Kind.ALIAS, alias));
        }
        own(devices, othersDevices).forEach(device -> markers.add(Marker.ofId(Marker.Kind.DEVICE, device)));
        own(consents, othersConsents).forEach(consent -> markers.add(Marker.ofId(Marker.Kind.CONSENT, consent)));
        readings.stream().filter(reading -> !othersReadings.contains(measured(reading))).forEach(reading -> markers.addAll(Marker.ofReading(reading)));
        alerts.forEach(alert -> markers.add(Marker.ofText(Marker.Kind.ALERT, alert)));
        own(notes, othersNotes).forEach(note -> markers.add(Marker.ofText(Marker.Kind.NOTE, note)));
        ByteSearch search = new ByteSearch(markers);
        othersIds.forEach(search::othersId);
        othersDevices.forEach(search::othersId);
        othersConsents.forEach(search::othersId);
        return search;
    }

    private static List<String> own(Collection<String> ids, Set<String> others) {
        return ids.stream().filter(id -> !id.isEmpty() && !others.contains(id)).toList();
    }
}
