package io.vitaltwin.alerts.channel.http;

import io.vitaltwin.alerts.channel.Secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of a web hook, one for each secret: while a secret is changed for another the receiver may know either.
 *
 * @see "Standard Webhooks, signature scheme (symmetric), standardwebhooks.com"
 */
final class WebhookSignature {

    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final List<SecretKeySpec> keys;

    private WebhookSignature(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * @param secrets one or more, each {@code whsec_} and base64 of 24 to 64 bytes, with white space between
     * @throws IllegalArgumentException if one is not; without the secret
     */
    static WebhookSignature of(Secret secrets) {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String secret : SPACE.split(secrets.reveal())) {
            keys.add(new SecretKeySpec(decode(secret), "HmacSHA256"));
        }
        return new WebhookSignature(List.copyOf(keys));
    }

    private static byte[] decode(String secret) {
        String rule = "each secret must be " + PREFIX + " and base64 of " + LEAST_BYTES + " to " + MOST_BYTES + " bytes";
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException(rule);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(rule); // its own message and cause quote the secret
        }
        if (key.length < LEAST_BYTES || key.length > MOST_BYTES) {
            throw new IllegalArgumentException(rule);
        }
        return key;
    }

    /** Value of the header {@code webhook-signature}. @param body as it is sent, byte for byte */
    String of(String id, Instant time, String body) {
        byte[] signed = (id + '.' + time.getEpochSecond() + '.' + body).getBytes(StandardCharsets.UTF_8);
        List<String> signatures = new ArrayList<>();
        for (SecretKeySpec key : keys) {
            signatures.add("v1," + Base64.getEncoder().encodeToString(hmac(key, signed)));
        }
        return String.join(" ", signatures);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
