package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.quality.PatientQuality;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.RuleId;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The twin of one patient: a working copy that one event changes and that is then stored whole. Not for use by several threads.
 *
 * <p>Stored form, version 1: version byte; base time (8 bytes) and base offset, to which all others are small differences; counts; flags;
 * times of the next timer, the last snapshot, the last symptom, the last vigorous minute and the next telling of refusals; devices; streams; episodes; score; memories
 * that only some patients have ({@link Parts}); what the quality checks share; what is kept of consent, where there is any.
 */
public final class TwinState {

    private static final byte VERSION = 1;
    private static final int SNAPSHOT_DUE = 1;
    private static final int MONITORED = 2;
    private static final int CONSENT = 4;
    /** Far more than any twin needs; a larger one is a bug, not a patient. */
    private static final int MOST_BYTES = 1 << 18;

    private final Counts counts;
    private final ScoreState score;
    private final PatientQuality quality;
    private final Parts parts;
    private final ConsentState consent;
    private final List<DeviceState> devices = new ArrayList<>(2);
    private final List<StreamState> streams = new ArrayList<>(6);
    private final List<Episode> episodes = new ArrayList<>(0);
    private long appendMillis;
    private long offset;
    private long timerMillis;
    private long snapshotMillis;
    private boolean snapshotDue;
    private long symptomMillis;
    private long vigorousMillis;
    private long refusalsDueMillis;
    private long coveredUntilMillis = Long.MAX_VALUE;
    private boolean monitored;

    public TwinState() {
        this(new Counts(), new ScoreState(), new PatientQuality(), new ConsentState());
    }

    private TwinState(Counts counts, ScoreState score, PatientQuality quality, ConsentState consent) {
        this.counts = counts;
        this.score = score;
        this.quality = quality;
        this.parts = quality.parts();
        this.consent = consent;
    }

    public Counts counts() {
        return counts;
    }

    public ScoreState score() {
        return score;
    }

    public PatientQuality quality() {
        return quality;
    }

    /** Memories of rules and checks that only some patients have. */
    public Parts parts() {
        return parts;
    }

    /** What is kept of consent between two decisions. */
    public ConsentState consent() {
        return consent;
    }

    /** A reading was taken in: a later consent may ask for it. */
    public void used(String deviceId, Vital vital, long appendMillis) {
        consent.uses().add(indexOf(deviceId), vital, appendMillis);
    }

    /** Not to be changed by the caller. */
    public List<StreamState> streams() {
        return streams;
    }

    /** Not to be changed by the caller. */
    public List<DeviceState> devices() {
        return devices;
    }

    /** Not to be changed by the caller. */
    public List<Episode> episodes() {
        return episodes;
    }

    /** The device, made known if it was not. */
    public DeviceState device(String id) {
        for (DeviceState device : devices) {
            if (device.id().equals(id)) {
                return device;
            }
        }
        DeviceState device = new DeviceState(id);
        devices.add(device);
        return device;
    }

    /** The stream, begun if it was not. */
    public StreamState stream(String deviceId, Vital vital) {
        for (StreamState stream : streams) {
            if (stream.vital() == vital && stream.deviceId().equals(deviceId)) {
                return stream;
            }
        }
        StreamState stream = new StreamState(device(deviceId), vital);
        streams.add(stream);
        return stream;
    }

    /** Whether this time is newer than anything that the device sent. */
    public boolean isNewer(DeviceState device, long effectiveMillis) {
        for (StreamState stream : streams) {
            if (stream.deviceId().equals(device.id()) && stream.memory().newestMillis() >= effectiveMillis) {
                return false;
            }
        }
        return true;
    }

    /** Whether a time is older than anything that the stream's memory of readings reaches back to. */
    public boolean isBeforeMemory(String deviceId, String vital, long effectiveMillis) {
        for (StreamState stream : streams) {
            if (stream.deviceId().equals(deviceId) && stream.vital().id().equals(vital)) {
                return stream.memory().recentCount() > 0 && effectiveMillis < stream.memory().recentMillis(0);
            }
        }
        return false;
    }

    /** Forgets what was measured: consent no longer covers it. */
    public void forget(StreamState stream) {
        streams.remove(stream);
    }

    /** Forgets everything that rests on measurements. Counts, devices' sequence numbers and clocks, open episodes and what the patient said stay. */
    public TwinState withoutMeasurements() {
        TwinState rest = new TwinState(counts, new ScoreState(), new PatientQuality(), consent);
        rest.devices.addAll(devices);
        rest.devices.forEach(device -> device.clock().keep(Set.of()));
        rest.episodes.addAll(episodes);
        rest.parts.adopt(parts, PartKind.STATEMENTS);
        rest.appendMillis = appendMillis;
        rest.offset = offset;
        rest.timerMillis = timerMillis;
        rest.snapshotMillis = snapshotMillis;
        rest.snapshotDue = snapshotDue;
        rest.monitored = monitored;
        rest.coveredUntilMillis = coveredUntilMillis;
        rest.refusalsDueMillis = refusalsDueMillis;
        return rest;
    }

    public Optional<Episode> episode(Family family) {
        return episode(family, "");
    }

    /** @param key empty where the family has one episode only */
    public Optional<Episode> episode(Family family, String key) {
        for (Episode episode : episodes) {
            if (episode.family() == family && episode.key().equals(key)) {
                return Optional.of(episode);
            }
        }
        return Optional.empty();
    }

    public boolean holds(RuleId rule) {
        return episode(rule.family()).filter(episode -> episode.holds(rule)).isPresent();
    }

    public void open(Episode episode) {
        if (episode(episode.family(), episode.key()).isPresent()) {
            throw new IllegalStateException("family " + episode.family().name(episode.key()) + " already has an open episode");
        }
        episodes.add(episode);
    }

    public void end(Episode episode) {
        episodes.remove(episode);
    }

    /** Whether another stream of the same vital keeps this level open. */
    public boolean isHeldElsewhere(StreamState but, Slot slot) {
        for (StreamState stream : streams) {
            if (stream != but && stream.vital() == but.vital() && stream.holds(slot)) {
                return true;
            }
        }
        return false;
    }

    /** Append time of the newest event of this patient. */
    public long appendMillis() {
        return appendMillis;
    }

    /** Takes note of an event: times and offsets are stored as differences to the newest. */
    public void seen(long append, long readingsOffset) {
        appendMillis = Math.max(appendMillis, append);
        offset = Math.max(offset, readingsOffset);
    }

    /** When the timer of this patient is set to; 0: no timer is set. */
    public long timerMillis() {
        return timerMillis;
    }

    public void timer(long millis) {
        timerMillis = millis;
    }

    public long snapshotMillis() {
        return snapshotMillis;
    }

    public boolean isSnapshotDue() {
        return snapshotDue;
    }

    /** Something changed that a snapshot would show. */
    public void changed() {
        snapshotDue = true;
    }

    public void snapshotTaken(long millis) {
        snapshotMillis = millis;
        snapshotDue = false;
    }

    /** When counted refusals are next to be told; 0: none wait. */
    public long refusalsDueMillis() {
        return refusalsDueMillis;
    }

    public void refusalsDue(long millis) {
        refusalsDueMillis = millis;
    }

    /** When consent may change by itself; Long.MAX_VALUE: never. */
    public long coveredUntilMillis() {
        return coveredUntilMillis;
    }

    public void coveredUntil(long millis) {
        coveredUntilMillis = millis;
    }

    /** Effective time of the newest reported symptom; 0: none. */
    public long symptomMillis() {
        return symptomMillis;
    }

    public void symptom(long millis) {
        symptomMillis = Math.max(symptomMillis, millis);
    }

    /** Effective time of the newest vigorous reading; 0: none. */
    public long vigorousMillis() {
        return vigorousMillis;
    }

    public void vigorous(long millis) {
        vigorousMillis = Math.max(vigorousMillis, millis);
    }

    /** Whether any consent permitted monitoring when last asked. */
    public boolean isMonitored() {
        return monitored;
    }

    public void monitored(boolean now) {
        monitored = now;
    }

    /** @param scratch large enough; its content before does not matter */
    public byte[] encode(ByteBuffer scratch) {
        ByteBuffer out = scratch.clear();
        out.put(VERSION);
        out.putLong(appendMillis);
        Packed.put(out, offset);
        counts.encode(out);
        out.put((byte) ((snapshotDue ? SNAPSHOT_DUE : 0) | (monitored ? MONITORED : 0) | (consent.isEmpty() ? 0 : CONSENT)));
        putTime(out, timerMillis);
        putTime(out, snapshotMillis);
        putTime(out, symptomMillis);
        putTime(out, vigorousMillis);
        putTime(out, refusalsDueMillis);
        putTime(out, coveredUntilMillis == Long.MAX_VALUE ? 0 : coveredUntilMillis);
        Packed.put(out, devices.size());
        devices.forEach(device -> device.encode(out, appendMillis));
        Packed.put(out, streams.size());
        for (StreamState stream : streams) {
            stream.encode(out, indexOf(stream.deviceId()), appendMillis, offset);
        }
        Packed.put(out, episodes.size());
        episodes.forEach(episode -> episode.encode(out, appendMillis));
        score.encode(out, appendMillis);
        parts.encode(out, appendMillis);
        quality.encode(out);
        if (!consent.isEmpty()) {
            consent.encode(out, appendMillis);
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /** @throws IllegalStateException if the bytes are not a twin of a version that this program knows */
    public static TwinState decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("twin state has version " + version + ", this program knows " + VERSION);
        }
        long base = in.getLong();
        long offset = Packed.get(in);
        Counts counts = Counts.decode(in);
        int flags = in.get();
        long timer = getTime(in, base);
        long snapshot = getTime(in, base);
        long symptom = getTime(in, base);
        long vigorous = getTime(in, base);
        long refusalsDue = getTime(in, base);
        long coveredUntil = getTime(in, base);
        List<DeviceState> devices = new ArrayList<>();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            devices.add(DeviceState.decode(in, base));
        }
        List<StreamState> streams = new ArrayList<>();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            streams.add(StreamState.decode(in, devices, base, offset));
        }
        List<Episode> episodes = new ArrayList<>();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            episodes.add(Episode.decode(in, base));
        }
        ScoreState score = ScoreState.decode(in, base);
        Parts parts = Parts.decode(in, base);
        PatientQuality quality = PatientQuality.decode(in, parts);
        TwinState twin = new TwinState(counts, score, quality, (flags & CONSENT) == 0 ? new ConsentState() : ConsentState.decode(in, base));
        twin.devices.addAll(devices);
        twin.streams.addAll(streams);
        twin.episodes.addAll(episodes);
        twin.appendMillis = base;
        twin.offset = offset;
        twin.timerMillis = timer;
        twin.snapshotMillis = snapshot;
        twin.snapshotDue = (flags & SNAPSHOT_DUE) != 0;
        twin.monitored = (flags & MONITORED) != 0;
        twin.symptomMillis = symptom;
        twin.vigorousMillis = vigorous;
        twin.coveredUntilMillis = coveredUntil == 0 ? Long.MAX_VALUE : coveredUntil;
        twin.refusalsDueMillis = refusalsDue;
        return twin;
    }

    /** A buffer for {@link #encode}. */
    public static ByteBuffer scratch() {
        return ByteBuffer.allocate(MOST_BYTES);
    }

    private int indexOf(String deviceId) {
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).id().equals(deviceId)) {
                return i;
            }
        }
        throw new IllegalStateException("a stream of a device that the twin does not know");
    }

    private void putTime(ByteBuffer out, long millis) {
        if (millis == 0) {
            out.put((byte) 0);
        } else {
            out.put((byte) 1);
            Packed.putSigned(out, appendMillis - millis);
        }
    }

    private static long getTime(ByteBuffer in, long base) {
        return in.get() == 0 ? 0 : base - Packed.getSigned(in);
    }
}
