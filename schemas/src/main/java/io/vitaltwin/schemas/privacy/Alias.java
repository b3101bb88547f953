package io.vitaltwin.schemas.privacy;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Stands for a patient in keys and records while encryption is on: {@code p-} and 32 hexadecimal digits, drawn at random. It says nothing
 * of the patient, and names the patient's key. Once that key is destroyed it stands for nobody.
 */
public final class Alias {

    /** Bytes of an alias without its text form. */
    static final int BYTES = 16;

    private static final byte FIRST = 'p';
    private static final byte SECOND = '-';
    private static final int LENGTH = 2 + 2 * BYTES;
    private static final HexFormat HEX = HexFormat.of();

    private final String text;

    private Alias(String text) {
        this.text = text;
    }

    static Alias random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return of(bytes, 0);
    }

    /** The alias whose bytes begin at that place. */
    static Alias of(byte[] bytes, int offset) {
        return new Alias("p-" + HEX.formatHex(bytes, offset, offset + BYTES));
    }

    /** The text as an alias; empty when it is none. */
    public static Optional<Alias> of(String text) {
        if (text.length() != LENGTH || text.charAt(0) != FIRST || text.charAt(1) != SECOND) {
            return Optional.empty();
        }
        for (int i = 2; i < LENGTH; i++) {
            if (!isDigit(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Alias(text));
    }

    /** The first alias that stands in the bytes as text, wherever it begins; empty when there is none. */
    public static Optional<Alias> in(byte[] bytes) {
        for (int start = 0; start + LENGTH <= bytes.length; start++) {
            if (bytes[start] == FIRST && bytes[start + 1] == SECOND && areDigits(bytes, start + 2)) {
                return Optional.of(new Alias(new String(bytes, start, LENGTH, java.nio.charset.StandardCharsets.US_ASCII)));
            }
        }
        return Optional.empty();
    }

    private static boolean areDigits(byte[] bytes, int start) {
        for (int i = start; i < start + 2 * BYTES; i++) {
            if (!isDigit((char) bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    /** As it stands in keys and records. */
    public String text() {
        return text;
    }

    byte[] bytes() {
        return HEX.parseHex(text, 2, LENGTH);
    }

    /** Without the prefix: part of a file's name. */
    String digits() {
        return text.substring(2);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Alias alias && alias.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text: an alias is anonymous. */
    @Override
    public String toString() {
        return text;
    }
}
