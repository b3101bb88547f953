package io.vitaltwin.alerts.channel.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Channels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Makes channels as a program does: by name, from settings, secrets in files. */
final class HttpChannels {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HttpChannels() {
    }

    /** @param settings key, value, key, value */
    static Channel channel(String name, String... settings) {
        Map<String, String> map = new HashMap<>(Map.of("timeout", "5s"));
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return Channels.installed().create(name, map);
    }

    static String secret(Path folder, String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "secret", ".txt"), text + "\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
