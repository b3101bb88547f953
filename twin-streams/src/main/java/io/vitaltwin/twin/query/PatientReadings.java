package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.Reading;
import io.vitaltwin.schemas.ReadingBatch;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Conformance;
import io.vitaltwin.twin.core.quality.Units;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the log holds of one patient since some append time: numbers in 16 bytes each, flags, and the alerts that were raised. Of two readings of one device, vital and
 * moment the first holds, as in the twin. Codes are not kept: they have no course. A reading whose time was corrected stands at the time that the device
 * said, where it is rejected. For one thread at a time.
 */
final class PatientReadings {

    /** The readings of one device and vital, oldest first. */
    static final class Series {

        private final String device;
        private final String deviceHash;
        private final Vital vital;
        private long[] times = new long[64];
        private long[] millis = new long[64];
        private int size;

        private Series(String patient, String device, Vital vital) {
            this.device = device;
            this.deviceHash = AlertId.ofDevice(patient, device);
            this.vital = vital;
        }

        String device() {
            return device;
        }

        /** As disclosures name the device. */
        String deviceHash() {
            return deviceHash;
        }

        Vital vital() {
            return vital;
        }

        int size() {
            return size;
        }

        /** Of the first reading at this time or later; {@link #size} when there is none. */
        int placeOf(long time) {
            int place = Arrays.binarySearch(times, 0, size, time);
            return place < 0 ? -place - 1 : place;
        }

        long time(int place) {
            return times[place];
        }

        /** In thousandths of the canonical unit. */
        long milli(int place) {
            return millis[place];
        }

        /** @return whether it was new */
        private boolean add(long time, long milli) {
            int place = size == 0 || time > times[size - 1] ? size : placeOf(time);
            if (place < size && times[place] == time) {
                return false;
            }
            if (size == times.length) {
                times = Arrays.copyOf(times, size + (size >> 1));
                millis = Arrays.copyOf(millis, size + (size >> 1));
            }
            System.arraycopy(times, place, times, place + 1, size - place);
            System.arraycopy(millis, place, millis, place + 1, size - place);
            times[place] = time;
            millis[place] = milli;
            size++;
            return true;
        }
    }

    private record Source(String device, Vital vital) {
    }

    private final String patient;
    private final long sinceMillis;
    private final Map<Source, Series> series = new HashMap<>();
    private final QualityMarks marks = new QualityMarks();
    private final List<AlertEvent> alerts = new ArrayList<>();
    private long newestAppendMillis;
    private int size;

    /** @param sinceMillis everything that was appended at or after this time is taken in */
    PatientReadings(String patient, long sinceMillis) {
        this.patient = patient;
        this.sinceMillis = sinceMillis;
    }

    long sinceMillis() {
        return sinceMillis;
    }

    /** Append time of the newest record that was taken in; 0: none. */
    long newestAppendMillis() {
        return newestAppendMillis;
    }

    /** Numbers kept. */
    int size() {
        return size;
    }

    Collection<Series> series() {
        return series.values();
    }

    /** ACCEPT where nothing was said. */
    Verdict verdict(Series of, long time) {
        Mark mark = marks.of(of.device, of.vital.id(), time);
        return mark == null ? Verdict.ACCEPT : mark.verdict();
    }

    /** In the order of the log. */
    List<AlertEvent> alerts() {
        return alerts;
    }

    void take(ReadingBatch batch, long appendMillis) {
        newestAppendMillis = Math.max(newestAppendMillis, appendMillis);
        for (Reading reading : batch.getReadings()) {
            if (Conformance.of(reading.getVital(), reading.getValue(), reading.getUnit()) instanceof Conformance.Readable readable
                    && readable.value().kind() != Value.Kind.CODE) {
                Series of = series.computeIfAbsent(new Source(batch.getDeviceId(), readable.vital()),
                        source -> new Series(patient, source.device, source.vital));
                size += of.add(reading.getEffectiveTime().toEpochMilli(), Units.canonicalMilli(readable.value(), readable.vital())) ? 1 : 0;
            }
        }
    }

    void take(QualityFlag flag) {
        marks.take(flag);
    }

    void take(AlertEvent alert, long appendMillis) {
        newestAppendMillis = Math.max(newestAppendMillis, appendMillis);
        if (alert.getEvent() == AlertEventType.RAISED || alert.getEvent() == AlertEventType.UPGRADED) {
            alerts.add(alert);
        }
    }
}
