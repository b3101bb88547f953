package io.vitaltwin.twin.core.daily;

import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Point;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A reading that a memory keeps because an alert may rest on it. A list of them takes 10 to 14 bytes, the id of each device once, and some 15
 * bytes for each reading.
 */
public record Kept(String deviceId, Point point) {

    public long millis() {
        return point.effectiveMillis();
    }

    /** The reading as evidence. */
    public Proof proof(String role, Vital vital) {
        return new Proof(role, deviceId, vital, point);
    }

    /** Appends a list; it stands for itself. */
    public static void encode(ByteBuffer out, List<Kept> readings) {
        Packed.put(out, readings.size());
        if (readings.isEmpty()) {
            return;
        }
        List<String> devices = new ArrayList<>(1);
        for (Kept reading : readings) {
            if (!devices.contains(reading.deviceId)) {
                devices.add(reading.deviceId);
            }
        }
        Packed.put(out, devices.size());
        devices.forEach(device -> Packed.putText(out, device));
        Point newest = readings.getLast().point;
        Packed.putSigned(out, newest.effectiveMillis());
        Packed.putSigned(out, newest.offset());
        for (Kept reading : readings) {
            Packed.put(out, devices.indexOf(reading.deviceId));
            reading.point.encode(out, newest.effectiveMillis(), newest.offset());
        }
    }

    /** Reads what {@link #encode} wrote and leaves the buffer behind it. @return a list that may be changed */
    public static List<Kept> decode(ByteBuffer in) {
        int count = Packed.getInt(in);
        List<Kept> readings = new ArrayList<>();
        if (count == 0) {
            return readings;
        }
        List<String> devices = new ArrayList<>();
        for (int rest = Packed.getInt(in); rest > 0; rest--) {
            devices.add(Packed.getText(in));
        }
        long baseMillis = Packed.getSigned(in);
        long baseOffset = Packed.getSigned(in);
        for (int rest = count; rest > 0; rest--) {
            String device = devices.get(Packed.getInt(in));
            readings.add(new Kept(device, Point.decode(in, baseMillis, baseOffset)));
        }
        return readings;
    }
}
