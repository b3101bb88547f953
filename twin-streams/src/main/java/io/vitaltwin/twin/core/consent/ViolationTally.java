package io.vitaltwin.twin.core.consent;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the refused readings of one patient. The first of its kind is told at once; those that follow are told once a minute, until a minute
 * passes without one. The counts of all violations that come out add up to the readings added, once {@link #flushAll} was called.
 *
 * <p>A kind is everything that a violation names: device, vital, reason, purpose, actor, stage, consent version. Mutable, for one thread; between
 * records it is kept as {@link #encode() bytes}. It counts what it is given: duplicates are counted twice, order does not matter.
 *
 * @see "CLINICAL.md section 8.3.9"
 */
public final class ViolationTally {

    /** Readings of one kind are told together over this long. */
    public static final long WINDOW_MILLIS = 60_000;

    /** Kinds that one patient may have open, so that a sender who invents vitals cannot fill the state; project default, no source. */
    static final int MAX_OPEN = 64;

    private static final int FORMAT = 1;
    private static final ViolationReason[] REASONS = ViolationReason.values();
    private static final Stage[] STAGES = Stage.values();

    /** In the order in which they were opened. */
    private final List<Window> windows = new ArrayList<>();

    /**
     * Counts one refused reading.
     *
     * @param device hash of the device id; never the id itself
     * @param appendMillis append time of the reading
     * @return what is to be told now, oldest first: mostly nothing
     */
    public List<Violation> add(String device, String vital, ViolationReason reason, String purpose, String actor, Stage stage,
            String consentVersion, long appendMillis) {
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            if (window.isOf(device, vital, reason, purpose, actor, stage, consentVersion)) {
                return addTo(window, appendMillis);
            }
        }
        List<Violation> told = new ArrayList<>(makeRoom(appendMillis));
        told.add(open(new Violation(device, vital, reason, purpose, actor, stage, consentVersion, appendMillis, appendMillis, 1)));
        return told;
    }

    private List<Violation> addTo(Window window, long appendMillis) {
        if (appendMillis < window.endMillis) {
            window.count(appendMillis);
            return List.of();
        }
        List<Violation> told = new ArrayList<>(window.close(appendMillis));
        if (window.isOver(appendMillis)) {
            windows.remove(window);
            told.add(open(window.kind.at(appendMillis)));
        } else {
            window.count(appendMillis);
        }
        return told;
    }

    private Violation open(Violation first) {
        windows.add(new Window(first, first.firstMillis() + WINDOW_MILLIS));
        return first;
    }

    private List<Violation> makeRoom(long nowMillis) {
        if (windows.size() < MAX_OPEN) {
            return List.of();
        }
        List<Violation> told = flush(nowMillis);
        if (windows.size() < MAX_OPEN) {
            return told;
        }
        List<Violation> more = new ArrayList<>(told);
        more.addAll(windows.remove(0).tell());
        return more;
    }

    /**
     * What is due: the windows that have ended by now. A kind that was silent for a whole window is forgotten. How often this is called
     * decides when something is told, never what.
     */
    public List<Violation> flush(long nowMillis) {
        if (nextDue() > nowMillis) {
            return List.of();
        }
        List<Violation> told = new ArrayList<>();
        for (Window window : windows) {
            told.addAll(window.close(nowMillis));
        }
        windows.removeIf(window -> window.isOver(nowMillis));
        return told;
    }

    /** Everything that was not told yet, and a fresh start: when consent changes, or the patient's state ends. */
    public List<Violation> flushAll() {
        List<Violation> told = new ArrayList<>();
        for (Window window : windows) {
            told.addAll(window.tell());
        }
        windows.clear();
        return told;
    }

    /** When {@link #flush} next has something to do; Long.MAX_VALUE when never. */
    public long nextDue() {
        long due = Long.MAX_VALUE;
        for (Window window : windows) {
            due = Math.min(due, window.endMillis);
        }
        return due;
    }

    /** Nothing is waiting and no kind is remembered: as good as new. */
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Compact form; its first byte is the version of the format. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(FORMAT);
        out.writeVarint(windows.size());
        for (Window window : windows) {
            window.write(out);
        }
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the bytes were not written by {@link #encode} */
    public static ViolationTally decode(byte[] bytes) {
        ByteReader in = new ByteReader("violation tally", bytes);
        in.expectFormat(FORMAT);
        ViolationTally tally = new ViolationTally();
        for (int left = in.readCount(); left > 0; left--) {
            tally.windows.add(Window.read(in));
        }
        in.expectEnd();
        return tally;
    }

    /** One kind, and what was refused since it was last told. */
    private static final class Window {

        /** Its times and count are those of the reading that opened it. */
        private final Violation kind;
        private long endMillis;
        private long firstMillis;
        private long lastMillis;
        private long count;

        Window(Violation kind, long endMillis) {
            this.kind = kind;
            this.endMillis = endMillis;
        }

        /** Vital and device first: they differ most often. */
        boolean isOf(String device, String vital, ViolationReason reason, String purpose, String actor, Stage stage, String consentVersion) {
            return kind.vital().equals(vital) && kind.device().equals(device) && kind.reason() == reason && kind.stage() == stage
                    && kind.purpose().equals(purpose) && kind.actor().equals(actor) && kind.consentVersion().equals(consentVersion);
        }

        void count(long appendMillis) {
            firstMillis = count == 0 ? appendMillis : Math.min(firstMillis, appendMillis);
            lastMillis = count == 0 ? appendMillis : Math.max(lastMillis, appendMillis);
            count++;
        }

        /** Tells what it counted when its time has passed; the next window follows on this one, wherever "now" is. */
        List<Violation> close(long nowMillis) {
            List<Violation> told = List.of();
            if (endMillis <= nowMillis && count > 0) {
                told = tell();
                count = 0;
                endMillis += WINDOW_MILLIS;
            }
            return told;
        }

        /** A whole window has passed in silence. */
        boolean isOver(long nowMillis) {
            return endMillis <= nowMillis && count == 0;
        }

        List<Violation> tell() {
            return count == 0 ? List.of() : List.of(kind.over(firstMillis, lastMillis, count));
        }

        void write(ByteWriter out) {
            out.writeString(kind.device());
            out.writeString(kind.vital());
            out.writeByte(kind.reason().ordinal());
            out.writeString(kind.purpose());
            out.writeString(kind.actor());
            out.writeByte(kind.stage().ordinal());
            out.writeString(kind.consentVersion());
            out.writeSigned(endMillis);
            out.writeVarint(count);
            if (count > 0) {
                out.writeSigned(firstMillis - endMillis);
                out.writeSigned(lastMillis - endMillis);
            }
        }

        static Window read(ByteReader in) {
            String device = in.readString();
            String vital = in.readString();
            ViolationReason reason = in.readOneOf(REASONS);
            String purpose = in.readString();
            String actor = in.readString();
            Stage stage = in.readOneOf(STAGES);
            String consentVersion = in.readString();
            long end = in.readSigned();
            Window window = new Window(
                    new Violation(device, vital, reason, purpose, actor, stage, consentVersion, end, end, 1), end);
            window.count = in.readVarint();
            if (window.count > 0) {
                window.firstMillis = end + in.readSigned();
                window.lastMillis = end + in.readSigned();
            }
            return window;
        }
    }
}
