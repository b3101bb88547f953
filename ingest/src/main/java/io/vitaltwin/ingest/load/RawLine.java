package io.vitaltwin.ingest.load;

import io.vitaltwin.ingest.format.LineRefused;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import static io.vitaltwin.ingest.Refusal.Reason.SCHEMA_INVALID;

/**
 * One line as it stands in the file.
 *
 * @param number from 1
 * @param bytes without the line's end; only the beginning where the line is too long. Handed over, not copied: lines are read once
 * @param fullLength number of bytes that the line has
 */
record RawLine(long number, byte[] bytes, long fullLength) {

    boolean blank() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return fullLength == bytes.length;
    }

    /** @throws LineRefused if the line is too long or not UTF-8, with the column of the first bad byte */
    String text() throws LineRefused {
        if (fullLength > bytes.length) {
            throw new LineRefused(bytes.length + 1, SCHEMA_INVALID,
                    "the line is longer than " + bytes.length + " bytes: check the line ends and that the file is text");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (decoder.decode(ByteBuffer.wrap(bytes), text, true).isError()) {
            throw new LineRefused(text.position() + 1, SCHEMA_INVALID, "not UTF-8: save the file as UTF-8");
        }
        return text.flip().toString();
    }
}
