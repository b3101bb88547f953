package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;
import io.vitaltwin.twin.core.part.Parts;
import io.vitaltwin.twin.core.quality.Revision;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the blood pressure rules remember of a patient: a severe reading that waits for its repeat, the two that confirmed each other, low
 * readings that may, and the readings of a home average. Settled, with a week half full, some 90 bytes: two readings of 35, one device, sums.
 *
 * <p>Stored form: 1 byte of what is there, the base time, the ids of devices, the readings, times as differences, the week.
 */
final class PressureMemory implements Part {

    static final PartType<PressureMemory> TYPE =
            new PartType<>(PartKind.PRESSURE, PressureMemory.class, PressureMemory::new, PressureMemory::decode);

    /** No week has been closed. */
    private static final long NO_DAY = Long.MIN_VALUE;

    private static final int FIRST = 1;
    private static final int REPEAT = 2;
    private static final int LOW_FIRST = 4;
    private static final int LOW_LAST = 8;
    private static final int WEEK = 16;
    private static final int CLOSED = 32;
    private static final int WAITS = 64;
    private static final int ASKED = 128;

    /** A severe reading, or the first of two that confirmed each other. */
    Optional<Pressure> first = Optional.empty();
    /** The newest severe reading since. */
    Optional<Pressure> repeat = Optional.empty();
    /** When the repeat of the first reading is given up; NEVER when it came, or is given up. */
    long waitUntil = Parts.NEVER;
    /** When the patient is no longer asked for a repeat; NEVER when nobody is asked. */
    long askedUntil = Parts.NEVER;
    /** Low readings of which two would raise, or that have raised: the oldest that may still count, and the newest. */
    Optional<Pressure> lowFirst = Optional.empty();
    Optional<Pressure> lowLast = Optional.empty();
    Optional<HomeWeek> week = Optional.empty();
    /** When the week ends by itself; NEVER without a week. */
    long weekUntil = Parts.NEVER;
    private long closedDay = NO_DAY;

    /** Not stored: the set of one effective time is taken and decided within one record. */
    private @Nullable OpenSet open;

    /** The readings of one device and moment that have come so far. */
    private static final class OpenSet {
        private final Sample any;
        private Optional<Sample> systolic = Optional.empty();
        private Optional<Sample> diastolic = Optional.empty();

        private OpenSet(Sample any) {
            this.any = any;
        }

        private boolean isOf(String deviceId, long millis) {
            return any.effectiveMillis() == millis && any.device().id().equals(deviceId);
        }
    }

    /** Takes a reading of a set that is not complete yet. */
    void collect(Sample sample) {
        OpenSet set = open;
        if (set == null || !set.isOf(sample.device().id(), sample.effectiveMillis())) {
            set = new OpenSet(sample);
            open = set;
        }
        if (sample.vital() == Vital.BP_SYSTOLIC) {
            set.systolic = Optional.of(sample);
        } else {
            set.diastolic = Optional.of(sample);
        }
    }

    /** The readings of this moment that have come, as far as they are still worth something. */
    List<Sample> halves(long atMillis) {
        OpenSet set = open;
        if (set == null || set.any.effectiveMillis() != atMillis) {
            return List.of();
        }
        List<Sample> halves = new ArrayList<>(2);
        set.systolic.ifPresent(halves::add);
        set.diastolic.ifPresent(halves::add);
        return halves;
    }

    /** What came of this moment, of one device; empty when nothing did or nothing is left of it. Not known afterwards. */
    Optional<Pressure> collected(long atMillis) {
        OpenSet set = open;
        open = null;
        if (set == null || set.any.effectiveMillis() != atMillis || set.systolic.isEmpty() && set.diastolic.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Pressure(set.any.device().id(), Trust.of(set.any.device()), atMillis,
                set.systolic.map(Sample::point), set.diastolic.map(Sample::point), set.systolic.isPresent() && set.diastolic.isPresent()));
    }

    /** A reading turned out to be worth less: one that has not been decided is changed; one that waits for its repeat no longer does. */
    void revise(String deviceId, Vital vital, Revision revision) {
        OpenSet set = open;
        if (set != null && set.isOf(deviceId, revision.fromMillis())) {
            set.systolic = vital == Vital.BP_SYSTOLIC ? set.systolic.flatMap(sample -> revised(sample, revision)) : set.systolic;
            set.diastolic = vital == Vital.BP_DIASTOLIC ? set.diastolic.flatMap(sample -> revised(sample, revision)) : set.diastolic;
        }
        first = first.flatMap(known -> revised(known, deviceId, vital, revision));
        lowFirst = lowFirst.flatMap(known -> revised(known, deviceId, vital, revision));
        lowLast = lowLast.flatMap(known -> revised(known, deviceId, vital, revision));
        if (first.isEmpty()) {
            waitUntil = Parts.NEVER;
        }
    }

    private static Optional<Sample> revised(Sample sample, Revision revision) {
        return revision.verdict() == Verdict.REJECT ? Optional.empty() : Optional.of(new Sample(sample.vital(), sample.device(),
                sample.point().revised(revision.verdict(), revision.reasons()), sample.canonicalMilli(), sample.sigma(), sample.sigmaWidened(),
                sample.intervalMillis(), sample.newest()));
    }

    private static Optional<Pressure> revised(Pressure known, String deviceId, Vital vital, Revision revision) {
        boolean concerned = known.deviceId().equals(deviceId)
                && revision.fromMillis() <= known.effectiveMillis() && known.effectiveMillis() <= revision.untilMillis();
        return concerned ? known.without(vital) : Optional.of(known);
    }

    /** Forgets what waits, and what confirmed each other. */
    void settle() {
        first = Optional.empty();
        repeat = Optional.empty();
        waitUntil = Parts.NEVER;
    }

    /** Ends the collecting; the next week begins with the first reading of a later day. */
    void closeWeek(long day) {
        week = Optional.empty();
        weekUntil = Parts.NEVER;
        closedDay = day;
    }

    /** Whether a new week may begin on this day. */
    boolean isFree(long day) {
        return week.isEmpty() && day > closedDay;
    }

    /** The earliest of what is waited for. */
    long nextDue() {
        return Math.min(waitUntil, Math.min(askedUntil, weekUntil));
    }

    @Override
    public boolean isEmpty() {
        return flags() == 0;
    }

    private int flags() {
        return (first.isPresent() ? FIRST : 0) | (repeat.isPresent() ? REPEAT : 0) | (lowFirst.isPresent() ? LOW_FIRST : 0)
                | (lowLast.isPresent() ? LOW_LAST : 0) | (week.isPresent() ? WEEK : 0) | (closedDay != NO_DAY ? CLOSED : 0)
                | (waitUntil != Parts.NEVER ? WAITS : 0) | (askedUntil != Parts.NEVER ? ASKED : 0);
    }

    private List<Pressure> readings() {
        return Stream.of(first, repeat, lowFirst, lowLast).flatMap(Optional::stream).toList();
    }

    @Override
    public void encode(ByteBuffer out) {
        List<Pressure> kept = new ArrayList<>(readings());
        List<Pressure> all = new ArrayList<>(kept);
        week.ifPresent(collecting -> Stream.of(collecting.first(), collecting.last()).flatMap(Optional::stream).forEach(all::add));
        List<String> devices = all.stream().map(Pressure::deviceId).distinct().toList();
        long base = all.isEmpty() ? 0 : all.getFirst().effectiveMillis();
        out.put((byte) flags());
        Packed.putSigned(out, base);
        Packed.put(out, devices.size());
        devices.forEach(id -> Packed.putText(out, id));
        kept.forEach(reading -> reading.encode(out, devices.indexOf(reading.deviceId()), base));
        if (waitUntil != Parts.NEVER) {
            Packed.putSigned(out, waitUntil - base);
        }
        if (askedUntil != Parts.NEVER) {
            Packed.putSigned(out, askedUntil - base);
        }
        week.ifPresent(collecting -> {
            Packed.putSigned(out, weekUntil - base);
            collecting.encode(out, devices, base);
        });
        if (closedDay != NO_DAY) {
            Packed.putSigned(out, closedDay);
        }
    }

    static PressureMemory decode(ByteBuffer in) {
        PressureMemory memory = new PressureMemory();
        int flags = in.get();
        long base = Packed.getSigned(in);
        List<String> devices = new ArrayList<>(1);
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            devices.add(Packed.getText(in));
        }
        memory.first = reading(in, flags, FIRST, devices, base);
        memory.repeat = reading(in, flags, REPEAT, devices, base);
        memory.lowFirst = reading(in, flags, LOW_FIRST, devices, base);
        memory.lowLast = reading(in, flags, LOW_LAST, devices, base);
        memory.waitUntil = (flags & WAITS) == 0 ? Parts.NEVER : base + Packed.getSigned(in);
        memory.askedUntil = (flags & ASKED) == 0 ? Parts.NEVER : base + Packed.getSigned(in);
        if ((flags & WEEK) != 0) {
            memory.weekUntil = base + Packed.getSigned(in);
            memory.week = Optional.of(HomeWeek.decode(in, devices, base));
        }
        memory.closedDay = (flags & CLOSED) == 0 ? NO_DAY : Packed.getSigned(in);
        return memory;
    }

    private static Optional<Pressure> reading(ByteBuffer in, int flags, int flag, List<String> devices, long base) {
        return (flags & flag) == 0 ? Optional.empty() : Optional.of(Pressure.decode(in, devices, base));
    }
}
