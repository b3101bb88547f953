package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Packed;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.part.Part;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.part.PartType;
import io.vitaltwin.twin.core.part.Parts;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * DQ-26: values written down by hand that end in 0 too often were rounded. Counts the last digits of a patient's manual blood pressures, and of
 * the manual weights; said once for each. 12 bytes, 1 once it was said.
 *
 * @see "CLINICAL.md section 5.2"
 */
final class DigitPreference implements Part {

    private static final PartType<DigitPreference> PRESSURE =
            new PartType<>(PartKind.PRESSURE_DIGITS, DigitPreference.class, DigitPreference::new, DigitPreference::decode);
    private static final PartType<DigitPreference> WEIGHT =
            new PartType<>(PartKind.WEIGHT_DIGITS, DigitPreference.class, DigitPreference::new, DigitPreference::decode);

    private static final int DIGITS = 10;
    private static final int FEWEST = 30;
    /** A zero should end one value in ten; more than one in four is too many. */
    private static final int ONE_IN = 4;
    /** Thousandths of the chi-square that even digits exceed once in a hundred times: 9 degrees of freedom, p = 0.01. */
    private static final long CRITICAL_MILLI = 21_666;

    private final int[] counts = new int[DIGITS];
    private boolean told;

    /** Takes a usable reading. @return whether it is the one that shows the preference: true once */
    static boolean isFound(Parts parts, Measurement m, Device device) {
        if (!device.kind().equals("manual") || m.value().kind() != Value.Kind.MEASURED) {
            return false;
        }
        return type(m).filter(type -> parts.get(type).add(lastDigit(m.value()))).isPresent();
    }

    private static Optional<PartType<DigitPreference>> type(Measurement m) {
        return switch (m.vital()) {
            case BP_SYSTOLIC, BP_DIASTOLIC -> Optional.of(PRESSURE);
            case BODY_WEIGHT -> Optional.of(WEIGHT);
            default -> Optional.empty();
        };
    }

    /** Pressures are written in whole mmHg, the rest with one decimal; grams in whole ones are not written by hand. */
    private static int lastDigit(Value value) {
        long step = value.unit() == Unit.MM_HG || value.unit() == Unit.GRAM ? 1_000 : 100;
        return Math.floorMod(value.milli() / step, DIGITS);
    }

    private boolean add(int digit) {
        if (told) {
            return false;
        }
        counts[digit]++;
        long n = 0;
        long squares = 0;
        for (int count : counts) {
            n += count;
            squares += (long) count * count;
        }
        // The chi-square against tenths is 10 x squares / n - n.
        boolean uneven = 1_000 * (DIGITS * squares - n * n) > CRITICAL_MILLI * n;
        told = n >= FEWEST && counts[0] * (long) ONE_IN > n && uneven;
        return told;
    }

    @Override
    public boolean isEmpty() {
        for (int count : counts) {
            if (count > 0) {
                return false;
            }
        }
        return !told;
    }

    @Override
    public void encode(ByteBuffer out) {
        out.put((byte) (told ? 1 : 0));
        if (!told) {
            for (int count : counts) {
                Packed.put(out, count);
            }
        }
    }

    static DigitPreference decode(ByteBuffer in) {
        DigitPreference read = new DigitPreference();
        read.told = in.get() != 0;
        for (int i = 0; i < DIGITS && !read.told; i++) {
            read.counts[i] = Packed.getInt(in);
        }
        return read;
    }
}
