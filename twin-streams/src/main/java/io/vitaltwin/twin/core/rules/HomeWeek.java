package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.state.Point;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * The readings of a home average while they are collected: sums and counts, the first and the last reading that count, and how many came each
 * morning and evening. In the order of arrival: of a morning's readings that came out of order, the one that came first is the one that some
 * protocols leave out.
 */
final class HomeWeek {

    /** A morning ends at noon of the patient's day (project default, no source). */
    private static final int NOON = 12;
    private static final int BITS = 2;
    private static final long MASK = (1 << BITS) - 1;

    private final HomeProtocol protocol;
    private final long startDay;
    private long sessions;
    private int count;
    private long systolicSum;
    private long diastolicSum;
    private long sigmaSum;
    private Optional<Pressure> first = Optional.empty();
    private Optional<Pressure> last = Optional.empty();

    /** @param startDay of the patient's calendar, days since 1970-01-01 */
    HomeWeek(HomeProtocol protocol, long startDay) {
        this.protocol = protocol;
        this.startDay = startDay;
    }

    HomeProtocol protocol() {
        return protocol;
    }

    long startDay() {
        return startDay;
    }

    /** The first day that no longer belongs to it. */
    long endDay() {
        return startDay + HomeProtocol.LONGEST_DAYS;
    }

    /** Readings that count. */
    int count() {
        return count;
    }

    long systolicSum() {
        return systolicSum;
    }

    long diastolicSum() {
        return diastolicSum;
    }

    /** Mean uncertainty of one reading in thousandths. */
    long meanSigmaMilli() {
        return count == 0 ? 0 : sigmaSum / (2L * count);
    }

    Optional<Pressure> first() {
        return first;
    }

    Optional<Pressure> last() {
        return last;
    }

    /**
     * Takes a reading of one of its days.
     *
     * @param reading both halves are there
     * @return whether it was the last that the protocol asks for
     */
    boolean take(Pressure reading, LocalDateTime local) {
        long day = local.toLocalDate().toEpochDay() - startDay;
        if (day < 0 || day >= HomeProtocol.LONGEST_DAYS) {
            return false;
        }
        boolean evening = local.getHour() >= NOON;
        int place = (int) day * 2 * BITS + (evening ? BITS : 0);
        long before = sessions >>> place & MASK;
        if (before == protocol.sessionReadings()) {
            return false;
        }
        sessions += 1L << place;
        if (day >= protocol.droppedDays() && before >= protocol.droppedReadings()) {
            add(reading);
        }
        return evening && day >= protocol.days() - 1 && before + 1 == protocol.sessionReadings();
    }

    private void add(Pressure reading) {
        count++;
        systolicSum += reading.systolicMilli().orElseThrow();
        diastolicSum += reading.diastolicMilli().orElseThrow();
        sigmaSum += Math.max(0, reading.systolic().map(Point::sigmaMilli).orElse(0L))
                + Math.max(0, reading.diastolic().map(Point::sigmaMilli).orElse(0L));
        first = first.filter(known -> known.effectiveMillis() <= reading.effectiveMillis()).or(() -> Optional.of(reading));
        last = last.filter(known -> known.effectiveMillis() > reading.effectiveMillis()).or(() -> Optional.of(reading));
    }

    /** 15 to 20 bytes, and the two readings. */
    void encode(ByteBuffer out, List<String> devices, long baseMillis) {
        out.put((byte) protocol.ordinal());
        Packed.putSigned(out, startDay);
        Packed.put(out, sessions);
        Packed.put(out, count);
        if (count > 0) {
            Packed.put(out, systolicSum);
            Packed.put(out, diastolicSum);
            Packed.put(out, sigmaSum);
            Pressure earliest = first.orElseThrow();
            Pressure latest = last.orElseThrow();
            earliest.encode(out, devices.indexOf(earliest.deviceId()), baseMillis);
            latest.encode(out, devices.indexOf(latest.deviceId()), baseMillis);
        }
    }

    static HomeWeek decode(ByteBuffer in, List<String> devices, long baseMillis) {
        HomeWeek week = new HomeWeek(HomeProtocol.ofOrdinal(in.get()), Packed.getSigned(in));
        week.sessions = Packed.get(in);
        week.count = Packed.getInt(in);
        if (week.count > 0) {
            week.systolicSum = Packed.get(in);
            week.diastolicSum = Packed.get(in);
            week.sigmaSum = Packed.get(in);
            week.first = Optional.of(Pressure.decode(in, devices, baseMillis));
            week.last = Optional.of(Pressure.decode(in, devices, baseMillis));
        }
        return week;
    }
}
