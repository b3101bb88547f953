package io.vitaltwin.twin.core.rules;

import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Priority;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.part.PartKind;
import io.vitaltwin.twin.core.quality.Revision;
import io.vitaltwin.twin.core.quality.SharedSpans;
import io.vitaltwin.twin.core.rules.AlertChange.Proof;
import io.vitaltwin.twin.core.state.Episode;
import io.vitaltwin.twin.core.state.StreamState;
import io.vitaltwin.twin.core.state.TwinState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * DEVICE_SHARED: a device of this patient measured somebody else within a day, and no care plan says that it was handed on. Its readings are
 * SUSPECT meanwhile, those that are known already too, and one technical notice for each device says what to do. It ends when the doubt does: a day
 * after the other was last measured, or as soon as the care plans say who has the device.
 *
 * @see "CLINICAL.md section 5.2, DQ-22"
 */
public final class SharedDeviceRule {

    private static final RuleId RULE = RuleId.DEVICE_SHARED;

    /** No record of readings: nothing that was newest before comes back. */
    private static final long NO_OFFSET = Long.MIN_VALUE;

    private SharedDeviceRule() {
    }

    /** Readings of a stream that turned out to be in doubt. */
    public record Doubted(StreamState stream, Revision revision) {
    }

    /**
     * Takes note of what was told about a device. It is decided as of that append time, when all of the same second has been seen.
     *
     * @param untilMillis last effective time in doubt; before {@code fromMillis}: no doubt after all
     */
    public static void onTold(TwinState twin, String deviceId, long fromMillis, long untilMillis, long appendMillis) {
        SharedSpans spans = twin.parts().get(SharedSpans.TYPE);
        spans.tell(deviceId, fromMillis, untilMillis, appendMillis);
        twin.parts().due(PartKind.SHARED_DEVICE, Math.min(twin.parts().due(PartKind.SHARED_DEVICE), appendMillis));
    }

    /** Doubts what is known of the devices that were told about until then. Rules that looked at it do not look again. @return by device and vital */
    public static List<Doubted> doubt(TwinState twin, long dueMillis) {
        List<Doubted> doubted = new ArrayList<>(0);
        if (twin.parts().due(PartKind.SHARED_DEVICE) > dueMillis) {
            return doubted;
        }
        for (SharedSpans.Doubted span : twin.parts().get(SharedSpans.TYPE).settle(dueMillis)) {
            for (StreamState stream : twin.streams()) {
                long newest = stream.memory().newestMillis();
                if (stream.deviceId().equals(span.deviceId()) && newest >= span.fromMillis()) {
                    doubted.add(doubt(twin, stream, new Revision(span.fromMillis(), Math.min(span.untilMillis(), newest),
                            Verdict.SUSPECT, Reason.DEVICE_SHARED.bit())));
                }
            }
        }
        return doubted;
    }

    private static Doubted doubt(TwinState twin, StreamState stream, Revision revision) {
        stream.revise(revision.fromMillis(), revision.untilMillis(), revision.verdict(), revision.reasons(), NO_OFFSET);
        twin.parts().find(PressureMemory.TYPE).ifPresent(memory -> memory.revise(stream.deviceId(), stream.vital(), revision));
        return new Doubted(stream, revision);
    }

    /** A span begins to hold, or is over. */
    static void onDue(Turn turn, long dueMillis) {
        SharedSpans spans = turn.twin().parts().get(SharedSpans.TYPE);
        TreeSet<String> shared = spans.open(dueMillis);
        for (Episode episode : open(turn.twin())) {
            if (!shared.contains(episode.key())) {
                Episodes.release(turn, RULE, episode.key(), dueMillis, List.of());
            }
        }
        shared.forEach(device -> raise(turn, device, spans.openSince(device, dueMillis), dueMillis));
        spans.forget(dueMillis);
        turn.twin().parts().due(PartKind.SHARED_DEVICE, spans.nextMillis(dueMillis));
    }

    /** Spans are forgotten with the last of the measurements: a notice that nobody would end any more ends. */
    static void onCovered(Turn turn, Set<?> covered, long effectiveMillis, String endReason) {
        if (covered.isEmpty()) {
            open(turn.twin()).forEach(episode -> Episodes.close(turn, episode, effectiveMillis, endReason));
        }
    }

    private static List<Episode> open(TwinState twin) {
        return twin.episodes().stream().filter(episode -> episode.holds(RULE)).toList();
    }

    private static void raise(Turn turn, String deviceId, long sinceMillis, long dueMillis) {
        Priority priority = turn.rules().of(RULE).priority();
        if (!Episodes.isNews(turn, RULE, deviceId, priority)) {
            return;
        }
        Device device = turn.plan().devices().get(deviceId);
        String text = Texts.fill(turn.rules(), RULE, Map.of("id", deviceId, "kind", device == null ? "device" : device.kind()));
        Episodes.raise(turn, new Raise(RULE, deviceId, priority, sinceMillis, dueMillis, 0, text, proofs(turn.twin(), deviceId)));
    }

    /** The newest reading of each vital: which of them are of the other person is not known. */
    private static List<Proof> proofs(TwinState twin, String deviceId) {
        List<Proof> proofs = new ArrayList<>();
        for (StreamState stream : twin.streams()) {
            if (stream.deviceId().equals(deviceId)) {
                stream.latest().ifPresent(point -> proofs.add(new Proof("shared-device", deviceId, stream.vital(), point)));
            }
        }
        return proofs;
    }
}
