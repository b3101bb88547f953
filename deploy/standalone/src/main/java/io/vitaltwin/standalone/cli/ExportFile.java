package io.vitaltwin.standalone.cli;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text file that is being written, with its hash and how many records are in it. */
final class ExportFile implements Closeable {

    /** @param bytes size of the file */
    record Written(String name, long records, long bytes, String sha256) {
    }

    private final Path path;
    private final MessageDigest digest;
    private final Writer out;
    private long records;

    ExportFile(Path path) throws IOException {
        this.path = path;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        this.out = new BufferedWriter(new OutputStreamWriter(
                new DigestOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), digest), StandardCharsets.UTF_8), 1 << 16);
    }

    /** Text that is no record, such as a line of column names. */
    void head(String text) throws IOException {
        out.write(text);
    }

    void record(String text) throws IOException {
        out.write(text);
        records++;
    }

    /** Closes the file. */
    Written finish() throws IOException {
        out.close();
        return new Written(String.valueOf(path.getFileName()), records, Files.size(path), HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
