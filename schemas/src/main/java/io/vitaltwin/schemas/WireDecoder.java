package io.vitaltwin.schemas;

import io.vitaltwin.schemas.SchemaProblem.Kind;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Avro's binary form out of one array that is wholly in memory. Every length is held against the bytes that are left before
 * anything is allocated, and every failure is a {@link SchemaProblem} that names what is wrong and nothing that the record says.
 * One record at a time, one thread at a time.
 */
final class WireDecoder extends Decoder {

    /** Claims beyond this can only be hostile or noise: it is the broker's own default limit for a whole record. */
    static final int LARGEST_HONEST_LENGTH = 1 << 20;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int at;
    /**
     * Items of arrays and maps that may still be claimed. Each item of each collection, nested ones included, takes at least
     * one byte of its own, so an honest record never claims more items than it has bytes; items of no size are charged too.
     */
    private long items;

    /** Starts over on another record. */
    WireDecoder over(byte[] record, int offset) {
        bytes = record;
        at = offset;
        items = (long) record.length - offset;
        return this;
    }

    /** Lets go of the record, so that an idle decoder keeps no data of a patient in memory. */
    void release() {
        bytes = NOTHING;
        at = 0;
    }

    boolean isEnd() {
        return at == bytes.length;
    }

    @Override
    public void readNull() {
        // takes no byte
    }

    @Override
    public boolean readBoolean() {
        need(1);
        byte b = bytes[at++];
        if (b != 0 && b != 1) {
            throw new SchemaProblem(Kind.MALFORMED, "a boolean that is neither 0 nor 1");
        }
        return b == 1;
    }

    @Override
    public int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new SchemaProblem(Kind.MALFORMED, "an int of more than 32 bits");
        }
        return (int) value;
    }

    @Override
    public long readLong() {
        if (at < bytes.length && bytes[at] >= 0) {
            int b = bytes[at++];
            return b >>> 1 ^ -(b & 1);
        }
        return readLongOfSeveralBytes();
    }

    private long readLongOfSeveralBytes() {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == bytes.length) {
                throw truncated();
            }
            byte b = bytes[at++];
            raw |= (b & 0x7FL) << shift;
            if (b >= 0) {
                if (shift == 63 && b > 1) {
                    break;
                }
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new SchemaProblem(Kind.MALFORMED, "a number of more than 64 bits");
    }

    @Override
    public float readFloat() {
        return Float.intBitsToFloat(littleEndianInt());
    }

    @Override
    public double readDouble() {
        long low = littleEndianInt() & 0xFFFF_FFFFL;
        return Double.longBitsToDouble(low | (long) littleEndianInt() << 32);
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) {
        int length = length();
        var value = new Utf8(Arrays.copyOfRange(bytes, at, at + length));
        at += length;
        return value;
    }

    @Override
    public String readString() {
        int length = length();
        var value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    @Override
    public void skipString() {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) {
        int length = length();
        var value = ByteBuffer.allocate(length).put(0, bytes, at, length);
        at += length;
        return value;
    }

    @Override
    public void skipBytes() {
        int length = length();
        at += length;
    }

    @Override
    public void readFixed(byte[] into, int start, int length) {
        need(length);
        System.arraycopy(bytes, at, into, start, length);
        at += length;
    }

    @Override
    public void skipFixed(int length) {
        need(length);
        at += length;
    }

    @Override
    public int readEnum() {
        return readInt();
    }

    @Override
    public int readIndex() {
        return readInt();
    }

    @Override
    public long readArrayStart() {
        return blockCount();
    }

    @Override
    public long arrayNext() {
        return blockCount();
    }

    @Override
    public long skipArray() {
        return skippedBlocks();
    }

    @Override
    public long readMapStart() {
        return blockCount();
    }

    @Override
    public long mapNext() {
        return blockCount();
    }

    @Override
    public long skipMap() {
        return skippedBlocks();
    }

    /** Items of the next block; 0 ends the collection. A negative count comes with the block's size in bytes. */
    private long blockCount() {
        long count = readLong();
        if (count < 0) {
            length();
            count = -count;
        }
        if (count < 0 || count > items) {
            throw tooMany("items", count);
        }
        items -= count;
        return count;
    }

    /** Jumps over blocks that give their size; returns the items of the first that does not, which the caller skips. */
    private long skippedBlocks() {
        while (true) {
            long count = readLong();
            if (count >= 0) {
                if (count > items) {
                    throw tooMany("items", count);
                }
                items -= count;
                return count;
            }
            skipBytes();
        }
    }

    /** A length in bytes that is known to be there. */
    private int length() {
        long length = readLong();
        if (length < 0) {
            throw new SchemaProblem(Kind.MALFORMED, "a negative length");
        }
        if (length > bytes.length - at) {
            throw tooMany("bytes", length);
        }
        return (int) length;
    }

    private void need(int count) {
        if (count > bytes.length - at) {
            throw truncated();
        }
    }

    private int littleEndianInt() {
        need(4);
        int value = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | (bytes[at + 3] & 0xFF) << 24;
        at += 4;
        return value;
    }

    private static SchemaProblem truncated() {
        return new SchemaProblem(Kind.TRUNCATED, "the record ends in the middle of a value");
    }

    /** A claim that cannot be kept: honest in size, the rest is missing; else it was never meant to be kept. */
    private static SchemaProblem tooMany(String what, long claimed) {
        return claimed >= 0 && claimed <= LARGEST_HONEST_LENGTH
                ? truncated()
                : new SchemaProblem(Kind.TOO_LONG, "claims more " + what + " than a record can hold");
    }
}
