package io.vitaltwin.twin.core.consent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link ByteWriter} wrote. Trusts no length: every fault is an IllegalArgumentException that names what and at which byte. */
final class ByteReader {

    private final String what;
    private final byte[] bytes;
    private int at;

    ByteReader(String what, byte[] bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if the format is another one */
    void expectFormat(int known) {
        int found = readByte();
        if (found != known) {
            throw new IllegalArgumentException(what + ": format " + found + " is not known, only " + known);
        }
    }

    /** @return the format, from the oldest to the newest; throws IllegalArgumentException if it is another one */
    int readFormat(int oldest, int newest) {
        int found = readByte();
        if (found < oldest || found > newest) {
            throw new IllegalArgumentException(what + ": format " + found + " is not known, only " + oldest + " to " + newest);
        }
        return found;
    }

    int readByte() {
        if (at >= bytes.length) {
            throw fault("cut short");
        }
        return bytes[at++] & 0xFF;
    }

    long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw fault("a number is too long");
    }

    long readSigned() {
        long value = readVarint();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number of things that take at least one byte each. */
    int readCount() {
        long count = readVarint();
        if (count < 0 || count > bytes.length - at) {
            throw fault("a count is larger than the rest");
        }
        return (int) count;
    }

    String readString() {
        int length = readCount();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    List<String> readStrings() {
        int count = readCount();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(readString());
        }
        return texts;
    }

    <E> E readOneOf(E[] choices) {
        return oneOf(choices, readByte());
    }

    /** @param ordinal as it was read */
    <E> E oneOf(E[] choices, int ordinal) {
        if (ordinal >= choices.length) {
            throw fault("a choice is out of range");
        }
        return choices[ordinal];
    }

    void expectEnd() {
        if (at != bytes.length) {
            throw fault((bytes.length - at) + " bytes too many");
        }
    }

    private IllegalArgumentException fault(String problem) {
        return new IllegalArgumentException(what + ": " + problem + " at byte " + at + " of " + bytes.length);
    }
}
