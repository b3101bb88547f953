package io.vitaltwin.ingest;

import io.vitaltwin.schemas.Reading;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Batch ids that come out the same when the same batch is sent again. */
final class BatchIds {

    private static final int HASH_BYTES = 16;

    private BatchIds() {
    }

    static String ofSequence(DeviceStream stream, long sequence) {
        return stream.deviceId() + "-" + sequence;
    }

    /** For a device that does not count: the id is a hash of what the batch says. */
    static String ofContent(DeviceStream stream, List<Reading> readings) {
        try {
            var bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            encoder.writeString(stream.patientId());
            var writer = new SpecificDatumWriter<Reading>(Reading.SCHEMA$);
            for (Reading reading : readings) {
                writer.write(reading, encoder);
            }
            encoder.flush();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            return stream.deviceId() + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("a reading does not fit its schema", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
