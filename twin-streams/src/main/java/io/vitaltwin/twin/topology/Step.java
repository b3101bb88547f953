package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.Reading;
import io.vitaltwin.twin.core.Coordinates;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.Sample;
import io.vitaltwin.twin.core.state.StreamState;

import java.util.Set;
import java.util.function.Supplier;

/** What one step of the topology hands to the next, within one record; nothing of it is ever serialized. */
sealed interface Step {

    Visit visit();

    /**
     * A reading that consent covers.
     *
     * @param appendMillis append time of its batch, which may be before now when the batch waited for an earlier one
     * @param newestMillis time of the newest reading of its batch, by the device's clock
     * @param batchReasons what is known of the whole batch, as reason bits
     * @param bytes the whole batch, for the dead letters
     */
    record Permitted(
            Visit visit, Device device, Reading reading, Coordinates at, long appendMillis, long newestMillis, long batchReasons,
            Supplier<byte[]> bytes) implements Step {
    }

    /** A reading that had waited until it was known how wrong its device's clock is. Its times are corrected. */
    record Released(Visit visit, Device device, Measurement measurement, long clockReasons) implements Step {
    }

    /** A reading with its verdict. The stream is where the twin remembers it. */
    record Judged(Visit visit, StreamState stream, Sample sample, boolean late) implements Step {
    }

    /** The readings of one effective time are complete. */
    record SetEnded(Visit visit, long effectiveMillis) implements Step {
    }

    /**
     * Another consent, or another care plan.
     *
     * @param vitals what may be used from now on
     * @param endReason why episodes that rest on the rest end
     */
    record Covered(Visit visit, Set<Vital> vitals, boolean planChanged, String endReason) implements Step {
    }

    /** @param untilMillis included; {@link io.vitaltwin.twin.core.rules.Statements#OPEN} when it is not known */
    record Symptom(Visit visit, String symptom, long effectiveMillis, long untilMillis) implements Step {
    }

    /** A circumstance. @param untilMillis as above */
    record Note(Visit visit, String note, long effectiveMillis, long untilMillis) implements Step {
    }

    /** @param device empty: any; both times included */
    record DisputedReadings(Visit visit, Vital vital, String device, long fromMillis, long untilMillis) implements Step {
    }

    /** @param key which of the rule's family; empty where it has one episode only */
    record Dispute(Visit visit, RuleId rule, String key, long effectiveMillis) implements Step {
    }

    /** Somebody broke the glass. @param role of the person who takes the responsibility */
    record GlassBroken(Visit visit, String role, long untilMillis) implements Step {
    }

    /** No broken glass holds any longer. */
    record GlassMended(Visit visit) implements Step {
    }

    /** The time of a memory of the twin has come. */
    record Due(Visit visit, long dueMillis) implements Step {
    }

    /** A stream's deadline has come. */
    record Silent(Visit visit, StreamState stream, long deadlineMillis) implements Step {
    }
}
