package io.vitaltwin.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Avro's binary form into an array that grows. One record at a time, one thread at a time. */
final class WireOutput {

    private byte[] bytes = new byte[512];
    private int at;

    /** Starts over with a header: byte 0 and the id, big-endian. */
    WireOutput begin(int id) {
        at = 0;
        writeByte(0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            writeByte(id >>> shift);
        }
        return this;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, at);
    }

    int capacity() {
        return bytes.length;
    }

    void writeByte(int value) {
        need(1);
        bytes[at++] = (byte) value;
    }

    /** Also an int, an enum's place, a union's branch and a count: all are written alike. */
    void writeLong(long value) {
        need(10);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    void writeFloat(float value) {
        littleEndianInt(Float.floatToRawIntBits(value));
    }

    void writeDouble(double value) {
        long bits = Double.doubleToRawLongBits(value);
        littleEndianInt((int) bits);
        littleEndianInt((int) (bits >>> 32));
    }

    void writeString(CharSequence value) {
        byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
        writeLong(utf8.length);
        need(utf8.length);
        System.arraycopy(utf8, 0, bytes, at, utf8.length);
        at += utf8.length;
    }

    void writeBytes(ByteBuffer value) {
        int length = value.remaining();
        writeLong(length);
        need(length);
        value.get(value.position(), bytes, at, length);
        at += length;
    }

    private void littleEndianInt(int value) {
        need(4);
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) (value >>> 16);
        bytes[at + 3] = (byte) (value >>> 24);
        at += 4;
    }

    private void need(int count) {
        if (count > bytes.length - at) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(at, count), (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
    }
}
