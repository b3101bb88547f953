package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Packed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * DQ-22: whom one device, known by its serial number, measured in the last two days, and who has been told that somebody else used it within a day
 * without a record that it was handed on. A working object: decode, take a sighting, encode.
 *
 * <p>Two patients conflict when their sightings, each row of them without a gap of a day, come within a day of each other and both registrations hold at the
 * later beginning. A registration that ends at or before that is the record that the device was handed on. The readings of one are then in doubt from the later
 * beginning until a day after the newest sighting of the other, but not beyond the end of either registration.
 *
 * <p>The order of sightings decides what is told, effective times decide what is found. A sighting that comes twice changes nothing. One out of order lengthens
 * the row backwards. One of long ago begins a row of its own.
 *
 * @see "CLINICAL.md section 5.2, DQ-22"
 */
public final class SharedDevice {

    /** DQ-22. */
    static final long WITHIN_MILLIS = 24 * 3_600_000L;

    /** Append time after the last sighting for which a patient is remembered: nothing of a day before that conflicts any more. */
    static final long KEPT_MILLIS = 2 * WITHIN_MILLIS;

    /** No sighting is so far ahead of its append time, and no doubt lasts so far beyond it: more than a day and what a clock may be ahead. */
    public static final long LONGEST_AHEAD_MILLIS = 2 * WITHIN_MILLIS;

    /** A doubt that goes on is told again when it lasts this much longer. */
    static final long TELL_AGAIN_MILLIS = 3_600_000L;

    /**
     * More patients within two days have a device that is meant for many, or a number that is none: it says nothing then, since readings in doubt raise no
     * alarm. Project default, no source.
     */
    static final int MOST_PATIENTS = 8;

    private static final byte VERSION = 1;
    private static final int HAS_END = 1;
    private static final int IS_TOLD = 2;
    private static final int NUMBERS_BYTES = 64;

    /**
     * A reading of a patient by the device.
     *
     * @param registeredUntilMillis end of the patient's registration of the device, excluded; Long.MAX_VALUE when open
     */
    public record Sighting(String patient, String deviceId, long effectiveMillis, long registeredUntilMillis, long appendMillis) {
    }

    /**
     * Readings of a patient that are in doubt, both ends included. It takes the place of what was told of the patient and the device from its beginning on;
     * one that ends before it begins takes it back.
     */
    public record Sharing(String patient, String deviceId, long fromMillis, long untilMillis) {
    }

    private record Doubt(long fromMillis, long untilMillis) {
    }

    private static final class Holder {
        private final String patient;
        private String deviceId = "";
        private long firstMillis;
        private long newestMillis;
        private long registeredUntilMillis;
        private long heardMillis;
        private Optional<Doubt> told = Optional.empty();

        Holder(String patient) {
            this.patient = patient;
        }

        void see(Sighting sighting, boolean isNew) {
            long at = sighting.effectiveMillis();
            boolean anew = isNew || at >= registeredUntilMillis || at - newestMillis > WITHIN_MILLIS;
            firstMillis = anew ? at : Math.min(firstMillis, at);
            newestMillis = isNew ? at : Math.max(newestMillis, at);
            registeredUntilMillis = sighting.registeredUntilMillis();
            deviceId = sighting.deviceId();
            heardMillis = isNew ? sighting.appendMillis() : Math.max(heardMillis, sighting.appendMillis());
        }
    }

    private final List<Holder> holders = new ArrayList<>(2);

    /** Takes the next sighting. @return what is to be told, in the order in which the patients were first seen; mostly nothing */
    public List<Sharing> take(Sighting sighting) {
        holders.removeIf(holder -> isOver(holder, sighting.appendMillis()));
        Holder known = holders.stream().filter(holder -> holder.patient.equals(sighting.patient())).findFirst().orElse(null);
        Holder seen = known == null ? new Holder(sighting.patient()) : known;
        seen.see(sighting, known == null);
        if (known == null) {
            holders.add(seen);
        }
        List<Sharing> sharings = new ArrayList<>(0);
        holders.forEach(holder -> tell(holder, sighting.appendMillis()).ifPresent(sharings::add));
        if (holders.size() > MOST_PATIENTS + 1) {
            holders.remove(holders.stream().min(Comparator.comparingLong(holder -> holder.heardMillis)).orElseThrow());
        }
        return sharings;
    }

    /** Whether nothing of it need be remembered any more. @param streamMillis append time */
    public boolean isOver(long streamMillis) {
        return holders.stream().allMatch(holder -> isOver(holder, streamMillis));
    }

    private static boolean isOver(Holder holder, long streamMillis) {
        return streamMillis - holder.heardMillis > KEPT_MILLIS;
    }

    private Optional<Sharing> tell(Holder holder, long nowMillis) {
        Optional<Doubt> before = holder.told;
        Optional<Doubt> doubt = doubt(holder).map(found -> continued(before, found));
        if (doubt.isPresent() ? !isNews(before, doubt.get()) : before.isEmpty()) {
            return Optional.empty();
        }
        if (doubt.isEmpty() && before.get().untilMillis() < nowMillis) {
            return Optional.empty();            // it is over anyway
        }
        holder.told = doubt;
        Doubt told = doubt.orElseGet(() -> new Doubt(before.get().fromMillis(), before.get().fromMillis() - 1));
        return Optional.of(new Sharing(holder.patient, holder.deviceId, told.fromMillis(), told.untilMillis()));
    }

    /** The same doubt keeps its beginning, by which it is known. */
    private static Doubt continued(Optional<Doubt> before, Doubt found) {
        return before.filter(told -> told.fromMillis() <= found.fromMillis() && found.fromMillis() <= told.untilMillis())
                .map(told -> new Doubt(told.fromMillis(), found.untilMillis())).orElse(found);
    }

    private static boolean isNews(Optional<Doubt> before, Doubt now) {
        return before.filter(told -> told.fromMillis() == now.fromMillis() && told.untilMillis() <= now.untilMillis()
                && now.untilMillis() < told.untilMillis() + TELL_AGAIN_MILLIS).isEmpty();
    }

    /** What all others together put in doubt of this patient's readings. */
    private Optional<Doubt> doubt(Holder holder) {
        if (holders.size() > MOST_PATIENTS) {
            return Optional.empty();
        }
        Doubt whole = null;
        for (Holder other : holders) {
            Doubt one = other == holder ? null : doubt(holder, other).orElse(null);
            if (one != null) {
                whole = whole == null ? one : new Doubt(Math.min(whole.fromMillis(), one.fromMillis()), Math.max(whole.untilMillis(), one.untilMillis()));
            }
        }
        return Optional.ofNullable(whole);
    }

    private static Optional<Doubt> doubt(Holder holder, Holder other) {
        long from = Math.max(holder.firstMillis, other.firstMillis);
        long registered = Math.min(holder.registeredUntilMillis, other.registeredUntilMillis);
        boolean near = from - Math.min(holder.newestMillis, other.newestMillis) <= WITHIN_MILLIS;
        return near && from < registered ? Optional.of(new Doubt(from, Math.min(other.newestMillis + WITHIN_MILLIS, registered - 1))) : Optional.empty();
    }

    /** The stored form: version byte, then each patient; some 30 bytes each and the length of the ids. */
    public byte[] encode() {
        int size = 8;
        for (Holder holder : holders) {
            size += NUMBERS_BYTES + 4 * (holder.patient.length() + holder.deviceId.length());
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(VERSION);
        Packed.put(out, holders.size());
        holders.forEach(holder -> encode(out, holder));
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static void encode(ByteBuffer out, Holder holder) {
        boolean ends = holder.registeredUntilMillis != Long.MAX_VALUE;
        Packed.putText(out, holder.patient);
        Packed.putText(out, holder.deviceId);
        out.put((byte) ((ends ? HAS_END : 0) | (holder.told.isPresent() ? IS_TOLD : 0)));
        Packed.putSigned(out, holder.heardMillis);
        Packed.putSigned(out, holder.heardMillis - holder.newestMillis);
        Packed.putSigned(out, holder.newestMillis - holder.firstMillis);
        if (ends) {
            Packed.putSigned(out, holder.registeredUntilMillis - holder.newestMillis);
        }
        holder.told.ifPresent(told -> {
            Packed.putSigned(out, told.fromMillis() - holder.newestMillis);
            Packed.putSigned(out, told.untilMillis() - told.fromMillis());
        });
    }

    /** @throws IllegalStateException if the bytes are not of a version that this program knows */
    public static SharedDevice decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("the memory of a device has version " + version + ", this program knows " + VERSION);
        }
        SharedDevice device = new SharedDevice();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            device.holders.add(decode(in));
        }
        return device;
    }

    private static Holder decode(ByteBuffer in) {
        Holder holder = new Holder(Packed.getText(in));
        holder.deviceId = Packed.getText(in);
        int flags = in.get();
        holder.heardMillis = Packed.getSigned(in);
        holder.newestMillis = holder.heardMillis - Packed.getSigned(in);
        holder.firstMillis = holder.newestMillis - Packed.getSigned(in);
        holder.registeredUntilMillis = (flags & HAS_END) != 0 ? holder.newestMillis + Packed.getSigned(in) : Long.MAX_VALUE;
        if ((flags & IS_TOLD) != 0) {
            long from = holder.newestMillis + Packed.getSigned(in);
            holder.told = Optional.of(new Doubt(from, from + Packed.getSigned(in)));
        }
        return holder;
    }
}
