package io.vitaltwin.alerts.topology;

import io.vitaltwin.alerts.core.Attention;
import io.vitaltwin.alerts.core.Basis;
import io.vitaltwin.alerts.core.Caseload;
import io.vitaltwin.alerts.core.Caseload.LeftSnooze;
import io.vitaltwin.alerts.core.Condition;
import io.vitaltwin.alerts.core.HandledAlert;
import io.vitaltwin.alerts.core.HandledAlert.Undoable;
import io.vitaltwin.alerts.core.Handling;
import io.vitaltwin.alerts.core.Handling.Held;
import io.vitaltwin.alerts.core.Step;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stored form of a caseload: a version byte, then its fields in order; enums by name, so that they may grow. */
final class CaseloadCodec {

    private static final int VERSION = 1;
    private static final int WAITING = 0;
    private static final int ACKNOWLEDGED = 1;
    private static final int SNOOZED = 2;
    private static final int ENDED = 3;

    private CaseloadCodec() {
    }

    /** @param timerMillis the patient's timer; Long.MAX_VALUE: none is set */
    record Stored(Caseload caseload, long timerMillis) {
    }

    static byte[] encode(Stored stored) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Caseload caseload = stored.caseload();
            out.writeByte(VERSION);
            out.writeLong(stored.timerMillis());
            out.writeLong(caseload.clockMillis());
            writeList(out, caseload.openings(), DataOutputStream::writeLong);
            writeList(out, List.copyOf(caseload.snoozes().entrySet()), CaseloadCodec::writeSnooze);
            writeList(out, List.copyOf(caseload.actions().entrySet()), (to, action) -> {
                writeText(to, action.getKey());
                to.writeLong(action.getValue());
            });
            writeList(out, List.copyOf(caseload.alerts().values()), CaseloadCodec::writeAlert);
        } catch (IOException e) {
            throw new UncheckedIOException("an array can always be written", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException if the bytes are of a later version or were not written here */
    static Stored decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("a stored caseload has version " + version + "; this program knows up to " + VERSION);
            }
            long timer = in.readLong();
            long clock = in.readLong();
            List<Long> openings = readList(in, DataInputStream::readLong);
            SortedMap<String, LeftSnooze> snoozes = new TreeMap<>();
            readList(in, CaseloadCodec::readSnooze).forEach(entry -> snoozes.put(entry.getKey(), entry.getValue()));
            Map<String, Long> actions = new LinkedHashMap<>();
            readList(in, from -> Map.entry(readText(from), from.readLong())).forEach(entry -> actions.put(entry.getKey(), entry.getValue()));
            SortedMap<String, HandledAlert> alerts = new TreeMap<>();
            readList(in, CaseloadCodec::readAlert).forEach(alert -> alerts.put(alert.condition().alertId(), alert));
            return new Stored(new Caseload(alerts, openings, snoozes, actions, clock), timer);
        } catch (IOException e) {
            throw new IllegalStateException("a stored caseload ends too early", e);
        }
    }

    private static void writeSnooze(DataOutputStream out, Map.Entry<String, LeftSnooze> entry) throws IOException {
        LeftSnooze snooze = entry.getValue();
        writeText(out, entry.getKey());
        writeText(out, snooze.rule());
        writeText(out, snooze.priority().name());
        writeText(out, snooze.actor());
        out.writeLong(snooze.sinceMillis());
        out.writeLong(snooze.untilMillis());
    }

    private static Map.Entry<String, LeftSnooze> readSnooze(DataInputStream in) throws IOException {
        return Map.entry(readText(in), new LeftSnooze(readText(in), Priority.valueOf(readText(in)), readText(in), in.readLong(), in.readLong()));
    }

    private static void writeAlert(DataOutputStream out, HandledAlert alert) throws IOException {
        writeCondition(out, alert.condition());
        writeHandling(out, alert.handling());
        writeText(out, alert.storm());
        writeList(out, alert.members(), CaseloadCodec::writeText);
        writeOptional(out, alert.undo(), (to, undo) -> {
            writeText(to, undo.actionId());
            writeText(to, undo.actor());
            to.writeLong(undo.atMillis());
            writeHandling(to, undo.before());
        });
        out.writeInt(alert.events());
        out.writeLong(alert.updatedMillis());
    }

    private static HandledAlert readAlert(DataInputStream in) throws IOException {
        return new HandledAlert(readCondition(in), readHandling(in), readText(in), readList(in, CaseloadCodec::readText),
                readOptional(in, from -> new Undoable(readText(from), readText(from), from.readLong(), readHandling(from))), in.readInt(), in.readLong());
    }

    private static void writeCondition(DataOutputStream out, Condition condition) throws IOException {
        writeText(out, condition.alertId());
        writeText(out, condition.rule());
        writeText(out, condition.family());
        writeText(out, condition.priority().name());
        writeText(out, condition.highest().name());
        writeText(out, condition.lane().name());
        out.writeLong(condition.episodeStartMillis());
        out.writeLong(condition.raisedMillis());
        writeText(out, condition.text());
        writeList(out, condition.tags(), CaseloadCodec::writeText);
        writeList(out, condition.basis(), (to, basis) -> {
            writeText(to, basis.deviceId());
            writeText(to, basis.vital());
            to.writeLong(basis.effectiveMillis());
        });
        writeText(out, condition.ruleSetVersion());
        out.writeBoolean(condition.holds());
    }

    private static Condition readCondition(DataInputStream in) throws IOException {
        return new Condition(readText(in), readText(in), readText(in), Priority.valueOf(readText(in)), Priority.valueOf(readText(in)),
                Lane.valueOf(readText(in)), in.readLong(), in.readLong(), readText(in), readList(in, CaseloadCodec::readText),
                readList(in, from -> new Basis(readText(from), readText(from), from.readLong())), readText(in), in.readBoolean());
    }

    private static void writeHandling(DataOutputStream out, Handling handling) throws IOException {
        out.writeInt(handling.round());
        out.writeLong(handling.sinceMillis());
        out.writeInt(handling.rungs());
        writeAttention(out, handling.attention());
        writeText(out, handling.assignee());
        writeOptional(out, handling.held(), (to, held) -> {
            writeText(to, held.step().name());
            writeText(to, held.noticeId());
            to.writeLong(held.dueMillis());
        });
        writeText(out, handling.step());
    }

    private static Handling readHandling(DataInputStream in) throws IOException {
        return new Handling(in.readInt(), in.readLong(), in.readInt(), readAttention(in), readText(in),
                readOptional(in, from -> new Held(Step.valueOf(readText(from)), readText(from), from.readLong())), readText(in));
    }

    private static void writeAttention(DataOutputStream out, Attention attention) throws IOException {
        switch (attention) {
            case Attention.Waiting waiting -> out.writeByte(WAITING);
            case Attention.Acknowledged by -> {
                out.writeByte(ACKNOWLEDGED);
                writeText(out, by.actor());
                out.writeLong(by.sinceMillis());
                out.writeInt(by.reminders());
            }
            case Attention.Snoozed by -> {
                out.writeByte(SNOOZED);
                writeText(out, by.actor());
                out.writeLong(by.sinceMillis());
                out.writeLong(by.untilMillis());
            }
            case Attention.Ended ended -> {
                out.writeByte(ENDED);
                writeText(out, ended.actor());
                out.writeLong(ended.sinceMillis());
                writeText(out, ended.reason());
            }
        }
    }

    private static Attention readAttention(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case WAITING -> new Attention.Waiting();
            case ACKNOWLEDGED -> new Attention.Acknowledged(readText(in), in.readLong(), in.readInt());
            case SNOOZED -> new Attention.Snoozed(readText(in), in.readLong(), in.readLong());
            case ENDED -> new Attention.Ended(readText(in), in.readLong(), readText(in));
            default -> throw new IllegalStateException("a stored caseload has attention " + kind + ", which nobody wrote");
        };
    }

    private interface Write<T> {
        void to(DataOutputStream out, T value) throws IOException;
    }

    private interface Read<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static <T> void writeList(DataOutputStream out, List<T> items, Write<T> write) throws IOException {
        out.writeInt(items.size());
        for (T item : items) {
            write.to(out, item);
        }
    }

    private static <T> List<T> readList(DataInputStream in, Read<T> read) throws IOException {
        List<T> items = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            items.add(read.from(in));
        }
        return items;
    }

    private static <T> void writeOptional(DataOutputStream out, Optional<T> value, Write<T> write) throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            write.to(out, value.get());
        }
    }

    private static <T> Optional<T> readOptional(DataInputStream in, Read<T> read) throws IOException {
        return in.readBoolean() ? Optional.of(read.from(in)) : Optional.empty();
    }
}
