package io.vitaltwin.twin.core.state;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;

import java.nio.ByteBuffer;

/**
 * A reading as the twin keeps it: enough to show it, to judge it again and to find it in the log. 14 to 20 bytes.
 *
 * @param offset in the patient's partition of the readings topic
 * @param reasons bit mask of {@link io.vitaltwin.twin.core.Reason}
 * @param sigmaMilli 1 sigma in thousandths of the canonical unit; -1 when the reference has none
 */
public record Point(
        long effectiveMillis, Value value, Grade grade, Verdict verdict, Context context, long reasons, long sigmaMilli, long offset, int index) {

    private static final Value.Kind[] KINDS = Value.Kind.values();
    private static final Grade[] GRADES = Grade.values();
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final Context[] CONTEXTS = Context.values();

    /** The same reading, worth this at most, with these reasons besides its own. */
    public Point revised(Verdict atMost, long more) {
        Verdict worse = verdict.compareTo(atMost) > 0 ? verdict : atMost;
        return new Point(effectiveMillis, value, grade, worse, context, reasons | more, sigmaMilli, offset, index);
    }

    /** Kind, grade and verdict share one byte, unit and context the next two; times and offsets are differences to the twin's newest. */
    public void encode(ByteBuffer out, long baseMillis, long baseOffset) {
        encode(out, baseMillis, baseOffset, 0);
    }

    /** As above. @param nearMilli a number that the value is near to, in its own unit or not */
    void encode(ByteBuffer out, long baseMillis, long baseOffset, long nearMilli) {
        out.put((byte) (value.kind().ordinal() | grade.ordinal() << 2 | verdict.ordinal() << 4));
        out.put((byte) value.unit().ordinal());
        out.put((byte) context.ordinal());
        Packed.putSigned(out, value.milli() - nearMilli);
        Packed.put(out, reasons);
        Packed.put(out, sigmaMilli + 1);
        Packed.putSigned(out, baseOffset - offset);
        Packed.put(out, index);
        Packed.putSigned(out, baseMillis - effectiveMillis);
    }

    public static Point decode(ByteBuffer in, long baseMillis, long baseOffset) {
        return decode(in, baseMillis, baseOffset, 0);
    }

    static Point decode(ByteBuffer in, long baseMillis, long baseOffset, long nearMilli) {
        int packed = in.get();
        Unit unit = Unit.ofOrdinal(in.get());
        Context context = CONTEXTS[in.get()];
        Value value = new Value(KINDS[packed & 3], nearMilli + Packed.getSigned(in), unit);
        long reasons = Packed.get(in);
        long sigma = Packed.get(in) - 1;
        long offset = baseOffset - Packed.getSigned(in);
        int index = Packed.getInt(in);
        long effective = baseMillis - Packed.getSigned(in);
        return new Point(effective, value, GRADES[packed >> 2 & 3], VERDICTS[packed >> 4 & 3], context, reasons, sigma, offset, index);
    }
}
