package io.vitaltwin.twin.core.quality;

import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Measurement;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Unit;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Verdict;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.Judgement.Handling;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges one reading: DQ-04, 05 and 29 ({@link BeatQuality}), 06, 07, 08, 09 ({@link Spike}), 10, 11, 12, 13, 14, 15 and 16 (with {@link DeviceClock}), 17
 * and 23 ({@link EffortChecks}), 18, 19 ({@link WearMemory}), 20 ({@link ConflictMemory}), 21 ({@link WeightChecks}, {@link PersonChecks}), 22 ({@link SharedSpans}), 24
 * ({@link Compression}), 25, 26 ({@link DigitPreference}), 30, 31 and 32. One object lives as long as one judgement.
 *
 * @see "CLINICAL.md sections 5.2, 5.3 and 3.12"
 */
public final class QualityChecks {

    /** DQ-15: how far a device clock may be ahead of the append time. */
    static final long CLOCK_AHEAD_MILLIS = 120_000;

    /** DQ-15: 2015-01-01T00:00:00Z; a clock that stands before it was reset. */
    static final long CLOCK_RESET_BEFORE_MILLIS = 1_420_070_400_000L;

    private static final long MINUTE_MILLIS = 60_000;

    /** DQ-30: a device that tells its signal quality, 0 to 1, is doubted below this. Project default, no source. */
    private static final float LEAST_SIGNAL_QUALITY = 0.5f;

    /** DQ-25. */
    static final long WARM_UP_MILLIS = 24 * 60 * MINUTE_MILLIS;

    /** What makes a reading unusable (REJECT), and what makes it doubtful (SUSPECT). All other reasons only annotate. */
    private static final long REJECTING = Reason.RANGE_IMPOSSIBLE.bit() | Reason.CLOCK_FUTURE.bit() | Reason.CLOCK_RESET.bit()
            | Reason.MOTION.bit() | Reason.CONTEXT_INVALID.bit() | Reason.OFF_BODY.bit();
    private static final long DOUBTING = Reason.RANGE_IMPLAUSIBLE.bit() | Reason.UNIT_SUSPECT.bit() | Reason.RATE_IMPLAUSIBLE.bit()
            | Reason.FLATLINE.bit() | Reason.WRONG_PERSON_SUSPECT.bit() | Reason.CADENCE_LOCK.bit() | Reason.GAMING_SUSPECT.bit()
            | Reason.HR_IBI_MISMATCH.bit() | Reason.PPG_SQI_LOW.bit() | Reason.CROSS_SENSOR_CONFLICT.bit() | Reason.DEVICE_SHARED.bit();

    private final QualityMemory own;
    private final Measurement m;
    private final Device device;
    private final PatientFacts facts;
    private final Personal personal;
    private final PatientQuality shared;

    private final Vital vital;
    private final long at;
    private final long milli;
    private final long intervalMillis;
    private final boolean outOfOrder;
    private long reasons;
    /** What the other readings of the same moment say of this one. */
    private Verdict relation = Verdict.ACCEPT;
    private final List<Revision> revisions = new ArrayList<>(0);

    private QualityChecks(QualityMemory own, Measurement m, Device device, PatientFacts facts, Personal personal, PatientQuality shared,
            long milli, long clockReasons) {
        this.own = own;
        this.m = m;
        this.device = device;
        this.facts = facts;
        this.personal = personal;
        this.shared = shared;
        this.vital = m.vital();
        this.at = m.effectiveMillis();
        this.milli = milli;
        this.intervalMillis = VitalLimits.intervalMillis(vital, device);
        this.outOfOrder = at < own.newestMillis();
        this.reasons = clockReasons;
    }

    /**
     * A fold: memories and a reading give memories and a judgement. A duplicate changes no memory. A reading out of order is compared with
     * what was measured before it, neither starts nor ends a flatline that was found, and is annotated. A late one is judged the same way;
     * what it may still cause is up to its {@link Judgement#handling}. A reading whose clock cannot be right leaves the memories as they
     * are, but for its own duplicates.
     *
     * @param own memory of this vital of this device
     * @param shared memory of the patient across devices
     * @throws IllegalArgumentException if the vital does not come in the unit of the value, which {@link Conformance} refuses before
     */
    public static Judgement judge(QualityMemory own, Measurement m, Device device, PatientFacts facts, PatientQuality shared) {
        return judge(own, m, device, facts, Personal.UNKNOWN, shared, 0);
    }

    /**
     * As above.
     *
     * @param personal what is usual for this patient
     * @param clockReasons what {@link DeviceClock} says of the time that the reading has now
     */
    public static Judgement judge(QualityMemory own, Measurement m, Device device, PatientFacts facts, Personal personal,
            PatientQuality shared, long clockReasons) {
        long milli = Units.canonicalMilli(m.value(), m.vital());
        Reason clock = clock(m);
        Reason duplicate = duplicate(own, m, device, shared, milli, clock);
        if (duplicate != null) {
            return new Judgement(Verdict.REJECT, duplicate.bit(), Double.NaN, Double.NaN, milli, m.context(), Handling.DUPLICATE, List.of());
        }
        QualityChecks checks = new QualityChecks(own, m, device, facts, personal, shared, milli, clockReasons);
        return clock == null ? checks.judge() : checks.quarantine(clock);
    }

    private static @Nullable Reason clock(Measurement m) {
        if (m.effectiveMillis() < CLOCK_RESET_BEFORE_MILLIS) {
            return Reason.CLOCK_RESET;
        }
        return m.effectiveMillis() > m.appendMillis() + CLOCK_AHEAD_MILLIS ? Reason.CLOCK_FUTURE : null;
    }

    private static @Nullable Reason duplicate(
            QualityMemory own, Measurement m, Device device, PatientQuality shared, long milli, @Nullable Reason clock) {
        if (own.hasSeen(m.effectiveMillis(), milli, m.value().kind())) {
            return Reason.DUPLICATE_EXACT;
        }
        boolean near = clock == null && shared.hasNear(m.vital(), device, m.effectiveMillis(), milli);
        return near ? Reason.DUPLICATE_NEAR : null;
    }

    private Judgement quarantine(Reason clock) {
        add(clock, true);
        addGrade();
        own.see(at, milli, m.value().kind());
        double sigma = finite(Sigma.of(vital, device, m.context(), milli, facts));
        return judgement(sigma, m.context(), Handling.APPLY);
    }

    private Judgement judge() {
        boolean late = m.appendMillis() - at > VitalLimits.lateAfterMillis(intervalMillis);
        add(Reason.LATE, late);
        add(Reason.OUT_OF_ORDER, outOfOrder);
        add(Reason.CENSORED, isBound());
        addGrade();
        addRangeAndUnit();
        addWear();
        Context context = context();
        double sigma = warmedUp(Sigma.of(vital, device, context, milli, facts));
        addDisturbance(sigma);
        if ((reasons & REJECTING) == 0) {
            add(Reason.DEVICE_SHARED, SharedSpans.isShared(shared.parts(), device.id(), at));
            addRelation();
            add(Reason.RATE_IMPLAUSIBLE, !countsBreaths() && RateLimits.isExceeded(own, m, milli, context, intervalMillis) && !isConfirmedWeight());
            add(Reason.WRONG_PERSON_SUSPECT, isSomeoneElse());
            addFlatline();
            addSpike(finite(sigma));
            addEffort(context);
            addCompression(context);
            addConflict(sigma);
            add(Reason.DIGIT_PREFERENCE, relation != Verdict.REJECT && DigitPreference.isFound(shared.parts(), m, device));
        }
        if (!late && !outOfOrder) {
            addBeats();
        }
        Judgement judgement = judgement(finite(sigma), context, late ? Handling.LATE : Handling.APPLY);
        remember(judgement.verdict(), context);
        return judgement;
    }

    private Judgement judgement(double sigma, Context context, Handling handling) {
        return new Judgement(verdict(), reasons, sigma, Sigma.widened(vital, sigma, facts), milli, context, handling, revisions);
    }

    /** Of these reasons those that make a reading SUSPECT; the others annotate, or make it REJECT. */
    public static long doubts(long reasons) {
        return reasons & DOUBTING;
    }

    private Verdict verdict() {
        if ((reasons & REJECTING) != 0 || relation == Verdict.REJECT) {
            return Verdict.REJECT;
        }
        return (reasons & DOUBTING) != 0 ? Verdict.SUSPECT : relation;
    }

    /** DQ-32: only the grade suffers; the verdict is that of the other checks. */
    private void addGrade() {
        add(Reason.GRADE_UNKNOWN, !device.isRegistered());
    }

    /** DQ-06, 07 and 08; 3.12.3: an impossible value with the signature of another unit carries both reasons. */
    private void addRangeAndUnit() {
        if (isBound() || m.value().kind() == Value.Kind.CODE) {
            return;
        }
        long measured = vital == Vital.STEPS ? cadenceMilli() : milli;
        if (!VitalLimits.isPossible(vital, measured)) {
            add(Reason.RANGE_IMPOSSIBLE, true);
        } else {
            boolean plausible = VitalLimits.isPlausible(vital, measured, m.value().milli(), m.value().unit()) || countsBreaths() && isSlow();
            add(Reason.RANGE_IMPLAUSIBLE, !plausible || isAbovePulseLimit());
        }
        add(Reason.UNIT_SUSPECT, UnitConfusion.isSuspected(own, m, shared.parts()));
    }

    /** A source that counts each breath shows every pause: neither 0 nor a sudden change is a fault of it. Project decision, see RATIONALE. */
    private boolean countsBreaths() {
        return vital == Vital.RESPIRATORY_RATE && VitalLimits.isBreathLevel(device);
    }

    private boolean isSlow() {
        return milli < VitalLimits.LOWEST_AVERAGE_BREATHS;
    }

    private boolean isAbovePulseLimit() {
        return vital == Vital.HEART_RATE && VitalLimits.isConsumerOptical(device) && milli > VitalLimits.LOWEST_PULSE_LIMIT
                && milli > VitalLimits.opticalPulseLimit(facts.ageYears(at));
    }

    /** Steps per minute in thousandths. A count is since the reading before; without one in order, since one interval. */
    private long cadenceMilli() {
        if (m.value().unit() == Unit.STEPS_PER_MINUTE) {
            return milli;
        }
        boolean follows = !outOfOrder && at > own.newestMillis() && own.newestMillis() != QualityMemory.NEVER;
        long span = Math.max(follows ? at - own.newestMillis() : intervalMillis, Math.min(intervalMillis, MINUTE_MILLIS));
        return milli * MINUTE_MILLIS / span;
    }

    /** As sent, else as the steps tell (CR 3.12.9). A reading of steps counts for its own context. */
    private Context context() {
        if (vital == Vital.STEPS && (reasons & REJECTING) == 0) {
            shared.noteSteps(at, (int) ((cadenceMilli() + 999) / 1_000));
        }
        return m.context() == Context.UNKNOWN ? shared.contextAt(at) : m.context();
    }

    /** DQ-18 and the "reject" cells of CR 4.4; DQ-30 where the device tells its signal quality. */
    private void addDisturbance(double sigma) {
        boolean sensitive = switch (vital) {
            case SPO2, RESPIRATORY_RATE, INTER_BEAT_INTERVAL, HRV_RMSSD, HRV_SDNN -> true;
            default -> false;
        };
        add(Reason.CONTEXT_INVALID, Sigma.isRejected(sigma));
        add(Reason.MOTION, sensitive && (m.motion() || Sigma.isRejected(sigma)));
        add(Reason.PPG_SQI_LOW, (sensitive || vital == Vital.HEART_RATE) && m.signalQuality() < LEAST_SIGNAL_QUALITY);
    }

    /** DQ-04: alone a pressure is in order; the one that completes a pair tells of both. */
    private void addRelation() {
        if (!PressureSet.isPressure(vital) || m.value().kind() != Value.Kind.MEASURED) {
            return;
        }
        PressureSet set = shared.pressure(device, at, m.at().offset());
        relation = set.add(vital, milli);
        add(Reason.BP_RELATION, relation != Verdict.ACCEPT);
        revisions.addAll(set.revisions(vital));
    }

    private boolean isConfirmedWeight() {
        return vital == Vital.BODY_WEIGHT && WeightChecks.isConfirmed(shared.parts(), at, milli);
    }

    /** DQ-21. */
    private boolean isSomeoneElse() {
        return switch (vital) {
            case BODY_WEIGHT -> WeightChecks.isSomeoneElse(own, shared.parts(), at, milli, Reason.UNIT_SUSPECT.in(reasons));
            case HRV_RMSSD, RESPIRATORY_RATE -> PersonChecks.isSomeoneElse(shared.parts(), vital, device, at, milli, intervalMillis);
            default -> false;
        };
    }

    /** DQ-19; and 5.4 (c): a device without contact counts no steps of this patient. */
    private void addWear() {
        if ((reasons & REJECTING) == 0 || m.offBody()) {
            add(WearMemory.take(shared, m, device, milli));
        }
        add(Reason.GAMING_SUSPECT, vital == Vital.STEPS && milli > 0 && Reason.OFF_BODY.in(reasons));
    }

    /** DQ-25: known only where the registry says when the sensor began. */
    private double warmedUp(double sigma) {
        boolean known = vital == Vital.GLUCOSE_INTERSTITIAL && device.isRegistered() && device.fromMillis() != Long.MIN_VALUE;
        if (!known || at < device.fromMillis() || at - device.fromMillis() >= WARM_UP_MILLIS) {
            return sigma;
        }
        add(Reason.SENSOR_WARMUP, true);
        return Sigma.inWarmUp(vital, device, sigma);
    }

    /** DQ-09: the reading before may turn out to have been one. */
    private void addSpike(double sigma) {
        if (outOfOrder || !Spike.isWatched(vital) || countsBreaths()) {
            return;
        }
        Spike.before(own, at, milli, sigma, intervalMillis).ifPresent(revision -> {
            revisions.add(revision);
            own.dropAcceptedFrom(revision.fromMillis());
        });
    }

    /** DQ-17 and DQ-23. */
    private void addEffort(Context context) {
        if (outOfOrder) {
            return;
        }
        if (vital == Vital.HEART_RATE) {
            add(EffortChecks.pulse(shared, personal, m, device, milli, intervalMillis, verdict() != Verdict.ACCEPT));
        } else if (vital == Vital.STEPS) {
            add(EffortChecks.steps(shared, personal, m, device, cadenceMilli(), intervalMillis, context));
        }
    }

    /** DQ-24. */
    private void addCompression(Context context) {
        if (vital == Vital.GLUCOSE_INTERSTITIAL && !Reason.UNIT_SUSPECT.in(reasons)) {
            add(Compression.take(shared, m, device, milli, context));
        }
    }

    /** DQ-20: what another check doubts is compared with nothing. */
    private void addConflict(double sigma) {
        if (!outOfOrder && verdict() == Verdict.ACCEPT && !isBound()) {
            add(ConflictMemory.take(shared, m, device, milli, sigma, intervalMillis));
        }
    }

    /** Takes what a check found. What it doubts afterwards is no accepted value any more. */
    private void add(Found found) {
        reasons |= found.reasons();
        for (Revision revision : found.revisions()) {
            revisions.add(revision);
            if (revision.verdict() != Verdict.ACCEPT) {
                own.dropAcceptedFrom(revision.fromMillis());
            }
        }
    }

    /** DQ-11. A run that is found out is tagged back to its start, and its values are no accepted ones any more. */
    private void addFlatline() {
        if (!Flatline.isWatched(vital, device, m.value())) {
            return;
        }
        long longestGap = Flatline.longestGapMillis(intervalMillis);
        if (outOfOrder) {
            own.runBefore(at, milli, longestGap);
            return;
        }
        own.runOn(at, milli, longestGap);
        boolean tagged = own.isRunTagged();
        if (!tagged && !Flatline.isReached(own, vital, shared, at, intervalMillis)) {
            return;
        }
        add(Reason.FLATLINE, true);
        if (!tagged) {
            own.tagRun();
            add(new Found(0, List.of(new Revision(own.runStartMillis(), at - 1, Verdict.SUSPECT, Reason.FLATLINE.bit()))));
        }
    }

    /** DQ-05 and DQ-29. */
    private void addBeats() {
        BeatQuality.Found found = BeatQuality.of(shared, vital, device.id(), at, milli, (reasons & REJECTING) == 0);
        add(Reason.HR_IBI_MISMATCH, found.doubted());
        revisions.addAll(found.revisions());
    }

    private void remember(Verdict verdict, Context context) {
        if (verdict == Verdict.ACCEPT && m.value().kind() != Value.Kind.CODE) {
            own.accept(at, milli, m.value().kind());
        } else {
            own.see(at, milli, m.value().kind());
        }
        own.noteNewest(at);
        if (vital == Vital.BODY_WEIGHT) {
            WeightChecks.remember(shared.parts(), at, milli, verdict, reasons);
        } else {
            PersonChecks.remember(shared.parts(), vital, device, at, milli, intervalMillis, context, verdict, reasons);
        }
        if (verdict == Verdict.REJECT) {
            return;                 // the same value through another gateway may be usable
        }
        shared.noteReading(vital, device, at, milli);
        if (vital == Vital.HEART_RATE) {
            shared.notePulse(at, milli);
        }
    }

    private boolean isBound() {
        return m.value().kind() == Value.Kind.AT_MOST || m.value().kind() == Value.Kind.AT_LEAST;
    }

    private void add(Reason reason, boolean holds) {
        reasons |= holds ? reason.bit() : 0;
    }

    /** A context in which the device cannot measure has no uncertainty to give. */
    private static double finite(double sigma) {
        return Sigma.isRejected(sigma) ? Double.NaN : sigma;
    }
}
