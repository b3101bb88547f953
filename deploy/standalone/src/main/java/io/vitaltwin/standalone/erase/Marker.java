package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.Reading;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes by which something of one patient is recognised wherever they stand. Never printed, never stored.
 *
 * @param text the id that the bytes spell; null for what was measured or said
 */
record Marker(Kind kind, byte[] bytes, @Nullable String text) {

    enum Kind { PATIENT, ALIAS, DEVICE, CONSENT, READING, ALERT, NOTE }

    /** Below this, bytes stand anywhere by chance: a short id is looked for as Avro writes it, with its length before it. */
    private static final int SHORTEST = 4;
    /** A value with more digits than devices show is hardly another patient's. */
    private static final int COMMON_DIGITS = 4;
    private static final byte DOUBLE_BRANCH = 2;
    private static final byte TEXT_BRANCH = 4;

    static Marker ofId(Kind kind, String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return new Marker(kind, bytes.length >= SHORTEST ? bytes : avro(bytes), id);
    }

    /**
     * What tells of a reading: its time and its value side by side, as Avro writes them in a batch; for a value with many digits the value alone,
     * too, as bytes and as text. A common value by itself is also what others measure.
     */
    static List<Marker> ofReading(Reading reading) {
        List<Marker> markers = new ArrayList<>();
        Object value = reading.getValue();
        byte[] time = zigZag(reading.getEffectiveTime().toEpochMilli());
        if (value instanceof Double number) {
            byte[] bytes = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(number).array();
            markers.add(measured(time, new byte[] {DOUBLE_BRANCH}, bytes));
            if (Double.isFinite(number) && BigDecimal.valueOf(number).stripTrailingZeros().precision() > COMMON_DIGITS) {
                markers.add(measured(bytes));
                markers.add(measured(number.toString().getBytes(StandardCharsets.UTF_8)));
            }
        } else if (value instanceof CharSequence text) {
            markers.add(measured(time, new byte[] {TEXT_BRANCH}, avro(text.toString().getBytes(StandardCharsets.UTF_8))));
        }
        return markers;
    }

    /** What is nobody else's, and never stands inside an id of somebody else. @param text with {@link #SHORTEST} bytes or more */
    static Marker ofText(Kind kind, String text) {
        return new Marker(kind, text.getBytes(StandardCharsets.UTF_8), null);
    }

    private static Marker measured(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return new Marker(Kind.READING, all.toByteArray(), null);
    }

    /** As an Avro string: the length, then the bytes. */
    private static byte[] avro(byte[] bytes) {
        byte[] length = zigZag(bytes.length);
        return ByteBuffer.allocate(length.length + bytes.length).put(length).put(bytes).array();
    }

    /** As Avro writes a long. */
    private static byte[] zigZag(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long left = value << 1 ^ value >> Long.SIZE - 1;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return out.toByteArray();
    }

    /** Redacted: a marker names or measures a patient. */
    @Override
    public String toString() {
        return "Marker[" + kind + "]";
    }
}
