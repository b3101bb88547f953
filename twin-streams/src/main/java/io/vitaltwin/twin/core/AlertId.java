package io.vitaltwin.twin.core;

import io.vitaltwin.twin.core.rules.Family;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names that are the same in every replay, and hashes that tell nothing. */
public final class AlertId {

    private static final int BYTES = 16;

    private AlertId() {
    }

    /** 32 hex digits from patient, rule family and episode start: no random, no offset, no clock. */
    public static String of(String patient, Family family, long episodeStartMillis) {
        return of(patient, family.name(), episodeStartMillis);
    }

    /** @param familyName as {@link Family#name(String)} gives it */
    public static String of(String patient, String familyName, long episodeStartMillis) {
        return hash(patient + '\n' + familyName + '\n' + episodeStartMillis, BYTES);
    }

    /** 16 hex digits that stand for a device without naming it. */
    public static String ofDevice(String patient, String deviceId) {
        return hash("device\n" + patient + '\n' + deviceId, BYTES / 2);
    }

    /** 32 hex digits that stand for a serial number: the same for every patient, as two who have it are to be found. */
    static String ofSerial(String kind, String serial) {
        return hash("serial\n" + kind + '\n' + serial, BYTES);
    }

    private static String hash(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
