package io.vitaltwin.alerts.channel.hl7;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a receiver says, up to a number of bytes. */
final class BoundedStream extends FilterInputStream {

    private int left;

    BoundedStream(InputStream in, int most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws IOException if the receiver says more */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            throw new IOException("the receiver says too much");
        }
        int read = super.read(bytes, offset, Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }
}
