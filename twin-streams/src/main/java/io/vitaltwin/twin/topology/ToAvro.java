package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.AlertEvent;
import io.vitaltwin.schemas.AlertEventType;
import io.vitaltwin.schemas.ConsentViolation;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.DeviceHealth;
import io.vitaltwin.schemas.DeviceSighting;
import io.vitaltwin.schemas.Evidence;
import io.vitaltwin.schemas.Fates;
import io.vitaltwin.schemas.ForecastPoint;
import io.vitaltwin.schemas.InformationType;
import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.News2Score;
import io.vitaltwin.schemas.OpenAlert;
import io.vitaltwin.schemas.PatientStatement;
import io.vitaltwin.schemas.Priority;
import io.vitaltwin.schemas.QualityFlag;
import io.vitaltwin.schemas.ReportKind;
import io.vitaltwin.schemas.TwinBaseline;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import io.vitaltwin.schemas.Verdict;
import io.vitaltwin.schemas.VerdictCounts;
import io.vitaltwin.schemas.ViolationReason;
import io.vitaltwin.schemas.ViolationStage;
import io.vitaltwin.twin.core.AlertId;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.Reason;
import io.vitaltwin.twin.core.Value;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.baseline.Usual;
import io.vitaltwin.twin.core.consent.Violation;
import io.vitaltwin.twin.core.forecast.Forecast;
import io.vitaltwin.twin.core.forecast.GlucoseForecaster;
import io.vitaltwin.twin.core.news2.News2Result;
import io.vitaltwin.twin.core.news2.Parameter;
import io.vitaltwin.twin.core.quality.Conformance;
import io.vitaltwin.twin.core.quality.DeviceClock;
import io.vitaltwin.twin.core.quality.Judgement;
import io.vitaltwin.twin.core.quality.Revision;
import io.vitaltwin.twin.core.rules.AlertChange;
import io.vitaltwin.twin.core.rules.Family;
import io.vitaltwin.twin.core.rules.Quadrant;
import io.vitaltwin.twin.core.rules.RuleId;
import io.vitaltwin.twin.core.rules.Statements;
import io.vitaltwin.twin.core.rules.Tag;
import io.vitaltwin.twin.core.state.Counts;
import io.vitaltwin.twin.core.state.DeviceState;
import io.vitaltwin.twin.core.state.Point;
import io.vitaltwin.twin.core.state.StreamState;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** What the core decided as records of the topics. */
final class ToAvro {

    private static final int SCHEMA_VERSION = 1;

    private static final Context[] CONTEXTS = Context.values();
    private static final Parameter[] PARAMETERS = Parameter.values();

    /** By the ordinal of what the core calls the same: looking a name up for each value of a snapshot would cost more than writing it. */
    private static final Priority[] PRIORITIES = named(io.vitaltwin.twin.core.Priority.values(), Priority.class);
    private static final DeviceGrade[] GRADES = named(Grade.values(), DeviceGrade.class);
    private static final Verdict[] VERDICTS = named(io.vitaltwin.twin.core.Verdict.values(), Verdict.class);
    private static final ActivityContext[] ACTIVITIES = named(CONTEXTS, ActivityContext.class);

    private final String readingsTopic;
    private final int partition;

    /** @param partition of the task: that of every reading of its patients */
    ToAvro(String readingsTopic, int partition) {
        this.readingsTopic = readingsTopic;
        this.partition = partition;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Enum<E>> E[] named(Enum<?>[] core, Class<E> type) {
        E[] same = (E[]) Array.newInstance(type, core.length);
        for (Enum<?> one : core) {
            same[one.ordinal()] = Enum.valueOf(type, one.name());
        }
        return same;
    }

    /** Maps in the order of their names: the same alert is the same bytes in every run of the program. */
    AlertEvent alert(Visit visit, AlertChange change) {
        Family family = change.rule().family();
        List<Evidence> evidence = new ArrayList<>(change.evidence().size());
        change.evidence().forEach(proof -> evidence.add(evidence(proof, change.appendMillis())));
        Map<String, Double> thresholds = new TreeMap<>();
        change.thresholds().forEach((name, milli) -> thresholds.put(name, milli / 1000.0));
        return AlertEvent.newBuilder()
                .setAlertId(AlertId.of(visit.patient, change.familyName(), change.episodeStartMillis()))
                .setPatientId(visit.patient)
                .setRule(change.ruleName())
                .setFamily(change.familyName())
                .setEvent(AlertEventType.valueOf(change.event().name()))
                .setPriority(PRIORITIES[change.priority().ordinal()])
                .setLane(Lane.valueOf(family.lane().name()))
                .setEpisodeStart(Instant.ofEpochMilli(change.episodeStartMillis()))
                .setEffectiveTime(Instant.ofEpochMilli(change.effectiveMillis()))
                .setAppendTime(Instant.ofEpochMilli(change.appendMillis()))
                .setText(change.text())
                .setTags(Tag.of(change.tags()).stream().map(Tag::name).toList())
                .setInformationType(change.predictive() ? InformationType.PREDICTIVE : InformationType.DESCRIPTIVE)
                .setEvidence(evidence)
                .setThresholds(thresholds)
                .setRuleSetVersion(visit.plan.rules().version())
                .setConsentVersion(visit.consentVersion)
                .setSchemaVersion(SCHEMA_VERSION)
                .setEndReason(change.endReason())
                .setContextNotes(said(visit).map(said -> said.notesAt(change.effectiveMillis())).orElse(List.of()))
                .build();
    }

    private Evidence evidence(AlertChange.Proof proof, long appendMillis) {
        Point point = proof.point();
        return Evidence.newBuilder()
                .setRole(proof.role())
                .setTopic(readingsTopic)
                .setPartition(partition)
                .setOffset(point.offset())
                .setIndex(point.index())
                .setDeviceId(proof.deviceId())
                .setGrade(GRADES[point.grade().ordinal()])
                .setVital(proof.vital().id())
                .setValue(value(point.value()))
                .setUnit(point.value().unit().ucum())
                .setEffectiveTime(Instant.ofEpochMilli(point.effectiveMillis()))
                .setVerdict(VERDICTS[point.verdict().ordinal()])
                .setReasons(reasons(point.reasons()))
                .setSigma(sigma(point))
                .setAgeSeconds(Math.max(0, appendMillis - point.effectiveMillis()) / 1000)
                .build();
    }

    /** What the patient said, and where it lies. */
    static Evidence report(RecordMetadata from, String said, long effectiveMillis, long nowMillis) {
        return Evidence.newBuilder().setRole("report").setTopic(from.topic()).setPartition(from.partition()).setOffset(from.offset())
                .setDeviceId("").setVital("").setValue(said).setUnit("code").setEffectiveTime(Instant.ofEpochMilli(effectiveMillis))
                .setAgeSeconds(Math.max(0, nowMillis - effectiveMillis) / 1000).build();
    }

    static ConsentViolation violation(String patient, Violation violation) {
        return ConsentViolation.newBuilder()
                .setPatientId(patient)
                .setDeviceHash(violation.device())
                .setVital(violation.vital())
                .setPurpose(violation.purpose())
                .setActor(violation.actor())
                .setStage(ViolationStage.valueOf(violation.stage().name()))
                .setReason(ViolationReason.valueOf(violation.reason().name()))
                .setConsentVersion(violation.consentVersion())
                .setFirstTime(Instant.ofEpochMilli(violation.firstMillis()))
                .setLastTime(Instant.ofEpochMilli(violation.lastMillis()))
                .setCount(violation.count())
                .build();
    }

    /** @param untilMillis end of the registration, excluded; Long.MAX_VALUE when open */
    static DeviceSighting sighting(Visit visit, Device device, long effectiveMillis, long untilMillis) {
        return new DeviceSighting(device.serialHash(), visit.patient, device.id(), Instant.ofEpochMilli(effectiveMillis),
                untilMillis == Long.MAX_VALUE ? null : Instant.ofEpochMilli(untilMillis));
    }

    static QualityFlag flag(Visit visit, StreamState stream, long effectiveMillis, Judgement judgement) {
        return flag(visit, stream, judgement.verdict(), judgement.reasons())
                .setEffectiveTime(Instant.ofEpochMilli(effectiveMillis))
                .setSigma(Double.isFinite(judgement.sigma()) ? judgement.sigma() : null)
                .build();
    }

    static QualityFlag flag(Visit visit, StreamState stream, Revision revision) {
        return flag(visit, stream, revision.verdict(), revision.reasons())
                .setVital(revision.vital().orElse(stream.vital()).id())
                .setEffectiveTime(Instant.ofEpochMilli(revision.fromMillis()))
                .setUntilTime(Instant.ofEpochMilli(revision.untilMillis()))
                .build();
    }

    private static QualityFlag.Builder flag(
            Visit visit, StreamState stream, io.vitaltwin.twin.core.Verdict verdict, long reasons) {
        return QualityFlag.newBuilder()
                .setPatientId(visit.patient)
                .setDeviceId(stream.deviceId())
                .setVital(stream.vital().id())
                .setVerdict(VERDICTS[verdict.ordinal()])
                .setReasons(reasons(reasons))
                .setRuleVersion(visit.plan.rules().version())
                .setAppendTime(Instant.ofEpochMilli(visit.nowMillis));
    }

    TwinSnapshot snapshot(Visit visit, Optional<News2Result> score, int stateBytes) {
        List<TwinVital> vitals = new ArrayList<>(visit.twin.streams().size());
        for (StreamState stream : visit.twin.streams()) {
            stream.latest().ifPresent(point -> vitals.add(vital(visit, stream, point)));
        }
        List<OpenAlert> open = new ArrayList<>(visit.twin.episodes().size());
        visit.twin.episodes().forEach(episode -> episode.leadingRule().ifPresent(rule -> open.add(new OpenAlert(
                AlertId.of(visit.patient, episode.family().name(episode.key()), episode.startMillis()),
                rule == RuleId.CUSTOM ? episode.key() : rule.name(), episode.family().name(episode.key()),
                PRIORITIES[episode.priority().ordinal()], Instant.ofEpochMilli(episode.startMillis())))));
        Counts counts = visit.twin.counts();
        TwinSnapshot snapshot = new TwinSnapshot();
        snapshot.setPatientId(visit.patient);
        snapshot.setAppendTime(Instant.ofEpochMilli(visit.nowMillis));
        snapshot.setVitals(vitals);
        snapshot.setNews2(score.map(ToAvro::score).orElse(null));
        snapshot.setOpenAlerts(open);
        snapshot.setFates(new Fates(counts.applied, counts.duplicate, counts.late, counts.refused, counts.dead));
        snapshot.setVerdicts(new VerdictCounts(counts.accept, counts.suspect, counts.reject));
        snapshot.setStateBytes(stateBytes);
        snapshot.setConsentVersion(visit.consentVersion);
        snapshot.setPatientSays(said(visit).map(said -> statements(said, visit.nowMillis)).orElse(List.of()));
        snapshot.setDevices(health(visit.twin.devices()));
        return snapshot;
    }

    private static Optional<Statements> said(Visit visit) {
        return visit.twin.parts().find(Statements.TYPE);
    }

    private static List<PatientStatement> statements(Statements said, long nowMillis) {
        return said.shown(nowMillis).stream().map(one -> new PatientStatement(ReportKind.valueOf(one.kind().name()), one.word(),
                Instant.ofEpochMilli(one.fromMillis()), one.untilMillis() == Statements.OPEN ? null : Instant.ofEpochMilli(one.untilMillis()),
                one.disagrees())).toList();
    }

    private static TwinVital vital(Visit visit, StreamState stream, Point point) {
        TwinVital vital = new TwinVital();
        vital.setVital(stream.vital().id());
        vital.setDeviceId(stream.deviceId());
        vital.setGrade(GRADES[point.grade().ordinal()]);
        vital.setValue(value(point.value()));
        vital.setUnit(point.value().unit().ucum());
        vital.setEffectiveTime(Instant.ofEpochMilli(point.effectiveMillis()));
        vital.setVerdict(VERDICTS[point.verdict().ordinal()]);
        vital.setReasons(reasons(point.reasons()));
        vital.setContext(ACTIVITIES[point.context().ordinal()]);
        vital.setSigma(sigma(point));
        vital.setBaselines(baselines(visit.plan, stream));
        Optional<Double> z = Quadrant.z(visit.twin, visit.plan, stream.vital(), point);
        Optional<Quadrant> quadrant = z.flatMap(distance -> Quadrant.of(distance, visit.plan, stream.vital(), point));
        boolean unwanted = quadrant.filter(Quadrant.CHANGED_FOR_YOU::equals).isPresent() && visit.twin.consent().isUnscreened(Set.of(stream.vital()));
        vital.setZPersonal(unwanted ? null : z.orElse(null));
        vital.setQuadrant(quadrant.filter(one -> !unwanted).map(one -> io.vitaltwin.schemas.Quadrant.valueOf(one.name()))
                .orElse(io.vitaltwin.schemas.Quadrant.UNKNOWN));
        vital.setCoverage(stream.habits().coverage().orElse(null));
        stream.filter().estimate(0).ifPresent(estimate -> {
            vital.setLevel(estimate.level());
            vital.setLevelSigma(estimate.levelSigma());
            vital.setSlope(estimate.slope());
            vital.setSlopeSigma(estimate.slopeSigma());
        });
        vital.setForecast(forecast(visit, stream));
        return vital;
    }

    private static List<DeviceHealth> health(List<DeviceState> devices) {
        List<DeviceHealth> health = new ArrayList<>(devices.size());
        for (DeviceState device : devices) {
            health.add(health(device));
        }
        return health;
    }

    /** A clock that is corrected tells how far it is ahead; one that is nearly right tells by its drift. */
    private static DeviceHealth health(DeviceState device) {
        DeviceClock clock = device.clock();
        DeviceHealth health = new DeviceHealth();
        health.setDeviceId(device.id());
        health.setClockOffsetSeconds(clock.offsetMillis() != 0 ? (Double) (clock.offsetMillis() / 1000.0) : orNull(clock.drift().offsetSeconds()));
        health.setClockDriftPerDay(orNull(clock.drift().driftPerDay()));
        health.setBatteryPercent(orNull(device.batteryPercent()));
        health.setErrorRate(device.errorRate());
        return health;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    /** What was learned, and what the plan gives where nothing was. */
    private static List<TwinBaseline> baselines(Plan plan, StreamState stream) {
        List<TwinBaseline> baselines = new ArrayList<>(1);
        for (Context context : CONTEXTS) {
            Optional<Usual> learned = stream.habits().usual(context).filter(usual -> usual.days() > 0);
            learned.ifPresent(usual -> baselines.add(baseline(context, usual.medianMilli(), usual.madMilli(), usual.days(), false)));
            if (learned.isEmpty()) {
                plan.baseline(stream.vital(), context).ifPresent(given ->
                        baselines.add(baseline(context, given.medianMilli(), given.madMilli(), given.days(), true)));
            }
        }
        return baselines;
    }

    private static TwinBaseline baseline(Context context, long median, long mad, int days, boolean given) {
        return new TwinBaseline(ACTIVITIES[context.ordinal()], median / 1000.0, mad / 1000.0, days, given);
    }

    private static List<ForecastPoint> forecast(Visit visit, StreamState stream) {
        if (stream.vital() != Vital.GLUCOSE_INTERSTITIAL || visit.twin.consent().isUnforeseen(Set.of(stream.vital()))) {
            return List.of();
        }
        return visit.twin.parts().find(GlucoseForecaster.TYPE)
                .filter(forecaster -> forecaster.follows(stream.deviceId()))
                .flatMap(forecaster -> forecaster.forecast(visit.nowMillis))
                .map(forecast -> forecast.points().stream().map(ToAvro::point).toList())
                .orElse(List.of());
    }

    private static ForecastPoint point(Forecast.Point point) {
        return new ForecastPoint(Instant.ofEpochMilli(point.millis()), point.value(), point.low(), point.high());
    }

    private static News2Score score(News2Result result) {
        Map<String, Integer> sub = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (Parameter parameter : PARAMETERS) {
            result.subScore(parameter).ifPresentOrElse(points -> sub.put(parameter.id(), points), () -> missing.add(parameter.id()));
        }
        List<String> suspect = result.suspect().isEmpty() ? List.of() : result.suspect().stream().map(Parameter::id).toList();
        News2Score score = new News2Score();
        score.setEffectiveTime(Instant.ofEpochMilli(result.effectiveMillis()));
        score.setKnownSum(result.knownSum());
        score.setMaxPossible(result.maxPossible());
        score.setComplete(result.complete());
        score.setSubScores(sub);
        score.setMissing(missing);
        score.setSuspect(suspect);
        return score;
    }

    /** As sent: a number or a code. A bound shows its limit; CENSORED is among the reasons. */
    private static Object value(Value value) {
        return value.kind() == Value.Kind.CODE ? Conformance.codeText(value) : (Object) (value.milli() / 1000.0);
    }

    private static @Nullable Double sigma(Point point) {
        return point.sigmaMilli() < 0 ? null : point.sigmaMilli() / 1000.0;
    }

    private static List<String> reasons(long mask) {
        return mask == 0 ? List.of() : Reason.of(mask).stream().map(Reason::name).toList();
    }
}
