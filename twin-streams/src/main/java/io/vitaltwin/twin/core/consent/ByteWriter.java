package io.vitaltwin.twin.core.consent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A growing byte array. Numbers take 7 bits a byte, the lowest first. */
final class ByteWriter {

    private byte[] bytes = new byte[128];
    private int size;

    void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void writeVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Small positive and small negative numbers take few bytes. */
    void writeSigned(long value) {
        writeVarint(value << 1 ^ value >> 63);
    }

    void writeString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeVarint(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    void writeStrings(List<String> texts) {
        writeVarint(texts.size());
        for (String text : texts) {
            writeString(text);
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
