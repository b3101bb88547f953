package io.vitaltwin.twin.core;

import java.util.Locale;
import java.util.Optional;

/**
 * The number that a maker gives a device. People write it with or without blanks and hyphens and in either case; that makes no difference. Two
 * devices of different kinds may bear the same number, so the kind is part of what tells devices apart.
 *
 * @see "CLINICAL.md section 5.2, DQ-22"
 */
public final class SerialNumber {

    /** Shorter ones are no serial numbers, or are borne by too many devices. Project default, no source. */
    private static final int SHORTEST = 4;

    private SerialNumber() {
    }

    /** Whether it can tell one device from all others: not too short, and no filler such as "unknown" or "0000", which many plans may bear. */
    public static boolean isUsable(String serial) {
        String plain = plain(serial);
        return plain.length() >= SHORTEST && plain.chars().distinct().count() > 1 && plain.chars().anyMatch(Character::isDigit);
    }

    /** @return empty for a number that is not usable */
    public static Optional<String> hash(String kind, String serial) {
        return isUsable(serial) ? Optional.of(AlertId.ofSerial(kind, plain(serial))) : Optional.empty();
    }

    private static String plain(String serial) {
        StringBuilder plain = new StringBuilder(serial.length());
        serial.chars().filter(Character::isLetterOrDigit).forEach(letter -> plain.append((char) letter));
        return plain.toString().toUpperCase(Locale.ROOT);
    }
}
