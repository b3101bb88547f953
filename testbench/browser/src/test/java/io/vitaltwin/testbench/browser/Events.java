package io.vitaltwin.testbench.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The live stream: every event has a place, and whoever comes back is told what followed the last place that they saw. */
final class Events {

    private static final String EPOCH = "play";
    private final List<String> told = new ArrayList<>();
    private final Supplier<String> beat;
    private final long beatMillis;
    private int generation;
    private boolean closed;

    Events(Supplier<String> beat, long beatMillis) {
        this.beat = beat;
        this.beatMillis = beatMillis;
    }

    synchronized String position() {
        return EPOCH + "-" + told.size();
    }

    synchronized void tell(String type, ObjectNode data) {
        told.add("event: " + type + "\nid: " + EPOCH + "-" + (told.size() + 1) + "\ndata: " + data + "\n\n");
        notifyAll();
    }

    /** Ends all connections; whoever comes back is served again. */
    synchronized void cut() {
        generation++;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Writes until the connection ends. @param lastId null: from now on */
    void serve(OutputStream out, @Nullable String lastId) throws IOException, InterruptedException {
        int mine;
        int place;
        synchronized (this) {
            mine = generation;
            place = lastId != null && lastId.startsWith(EPOCH + "-") ? Integer.parseInt(lastId.substring(EPOCH.length() + 1)) : told.size();
        }
        write(out, beat.get());
        while (true) {
            List<String> next;
            synchronized (this) {
                if (told.size() <= place && mine == generation && !closed) {
                    wait(beatMillis);
                }
                if (mine != generation || closed) {
                    return;
                }
                next = List.copyOf(told.subList(place, told.size()));
                place = told.size();
            }
            write(out, next.isEmpty() ? ":\n\n" + beat.get() : String.join("", next));
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
