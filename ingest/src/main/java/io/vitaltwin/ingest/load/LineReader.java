package io.vitaltwin.ingest.load;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lines of a byte stream. Ends are LF or CR LF; a byte order mark at the start is skipped. Memory is bounded whatever the input: of a line
 * that is too long only the beginning is kept.
 */
final class LineReader {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private long lines;

    /** @param maxBytes of a line that are kept */
    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Lines read so far. */
    long lines() {
        return lines;
    }

    /** The next line; null at the end. */
    @Nullable RawLine next() throws IOException {
        if (atEnd()) {
            return null;
        }
        // One byte more than allowed: a CR that belongs to the line's end does not count.
        var kept = new ByteArrayOutputStream(64);
        long length = 0;
        boolean lastIsReturn = false;
        boolean ended = false;
        while (!ended && !atEnd()) {
            int from = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            int count = position - from;
            kept.write(buffer, from, Math.min(count, maxBytes + 1 - kept.size()));
            length += count;
            lastIsReturn = count > 0 ? buffer[position - 1] == '\r' : lastIsReturn;
            if (position < end) {
                position++;
                ended = true;
            }
        }
        lines++;
        return line(kept.toByteArray(), ended && lastIsReturn ? length - 1 : length);
    }

    private RawLine line(byte[] kept, long length) {
        int skipped = lines == 1 && startsWithMark(kept) ? BYTE_ORDER_MARK.length : 0;
        int size = (int) Math.min(Math.min(kept.length, length), maxBytes);
        var bytes = new byte[Math.max(0, size - skipped)];
        System.arraycopy(kept, skipped, bytes, 0, bytes.length);
        return new RawLine(lines, bytes, length - skipped);
    }

    private boolean atEnd() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return end == 0;
    }

    private static boolean startsWithMark(byte[] line) {
        return line.length >= BYTE_ORDER_MARK.length
                && line[0] == BYTE_ORDER_MARK[0] && line[1] == BYTE_ORDER_MARK[1] && line[2] == BYTE_ORDER_MARK[2];
    }
}
