package io.vitaltwin.testbench.interop;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The clients themselves run from {@code testbench/interop}; here: what they start from. */
class InteropStackTest {

    private static final Pattern READY =
            Pattern.compile("ready bootstrap=127\\.0\\.0\\.1:\\d+ registry=(http://127\\.0\\.0\\.1:\\d+) patient=\\S+ device=\\S+");

    @Test
    void shouldSayWhereItIsAndLeaveNothingBehind() throws IOException, InterruptedException {
        // Given
        InteropStack stack = InteropStack.start(InstantSource.system());
        Path folder = stack.folder();
        try {
            // When
            Matcher ready = READY.matcher(stack.readyLine());
            // Then
            assertThat(ready.matches()).as(stack.readyLine()).isTrue();
            assertThat(get(ready.group(1) + "/subjects/vt.readings.v1-value/versions/latest")).contains("ReadingBatch");
            assertThat(folder).exists();
        } finally {
            stack.close();
        }
        stack.close();
        assertThat(folder).doesNotExist();
    }

    private static String get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).body();
        }
    }
}
