package io.vitaltwin.alerts.console;

import io.vitaltwin.alerts.console.PatientFile.Facts;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.DeviceHealth;
import io.vitaltwin.schemas.News2Score;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.TwinVital;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes a patient's page of facts and of a row that has passed the gate. Pure. */
final class Pages {

    private static final String OXYGEN = "oxygen";
    private static final String O2_FLOW = "o2_flow";

    private Pages() {
    }

    /** Scores and forecasts are of vitals that the row shows, or they are left out. Says and plan are shown to who treats, and to the patient. */
    static PatientView page(Facts facts, PatientRow row, String team, Instant now) {
        Set<String> shown = row.vitals().stream().map(VitalNow::vital).collect(Collectors.toCollection(LinkedHashSet::new));
        boolean all = facts.vitals().stream().allMatch(vital -> shown.contains(vital.getVital()));
        Optional<TwinSnapshot> twin = facts.twin();
        return new PatientView(facts.patient(), now, row, twin.map(TwinSnapshot::getNews2).filter(score -> all).map(score -> score(score, row)).orElse(null),
                twin.stream().flatMap(it -> it.getPatientSays().stream()).map(said -> new PatientView.Said(said.getKind(), said.getWord(),
                        said.getEffectiveTime(), said.getUntilTime(), said.getDisagreement())).toList(),
                devices(facts, row), row.alerts(), forecast(facts, shown).orElse(null), Map.of(), facts.plan().map(plan -> plan(plan, team)).orElse(null));
    }

    private static PatientView.Score score(News2Score score, PatientRow row) {
        Map<String, VitalNow> vitals = row.vitals().stream().collect(Collectors.toMap(VitalNow::vital, vital -> vital, (one, other) -> one));
        List<PatientView.Input> inputs = new ArrayList<>();
        new TreeMap<>(score.getSubScores()).forEach((parameter, points) -> {
            Optional<VitalNow> vital = Optional.ofNullable(vitals.get(parameter.equals(OXYGEN) ? O2_FLOW : parameter));
            inputs.add(new PatientView.Input(parameter, vital.map(VitalNow::value).orElse(null), vital.map(VitalNow::unit).orElse(null),
                    vital.map(VitalNow::effectiveTime).orElse(null), points));
        });
        return new PatientView.Score(score.getEffectiveTime(), score.getKnownSum(), score.getKnownSum(), score.getMaxPossible(), score.getComplete(),
                List.copyOf(score.getMissing()), List.copyOf(score.getSuspect()), inputs);
    }

    private static Optional<PatientView.Forecast> forecast(Facts facts, Set<String> shown) {
        return facts.vitals().stream().filter(vital -> shown.contains(vital.getVital()) && !vital.getForecast().isEmpty()).findFirst()
                .map(vital -> new PatientView.Forecast(vital.getVital(), vital.getForecast().stream()
                        .map(point -> new PatientView.Expected(point.getTime().toEpochMilli(), point.getValue(), point.getLow(), point.getHigh())).toList()));
    }

    private static List<PatientView.Device> devices(Facts facts, PatientRow row) {
        Map<String, RegisteredDevice> registered = new LinkedHashMap<>();
        facts.plan().ifPresent(plan -> plan.getDevices().forEach(device -> registered.put(device.getDeviceId(), device)));
        Map<String, DeviceHealth> heard = new HashMap<>();
        facts.twin().ifPresent(twin -> twin.getDevices().forEach(device -> heard.put(device.getDeviceId(), device)));
        Map<String, DeviceGrade> grades = facts.vitals().stream().collect(Collectors.toMap(TwinVital::getDeviceId, TwinVital::getGrade, (one, other) -> one));
        Map<String, Instant> newest = new HashMap<>();
        row.vitals().forEach(vital -> newest.merge(vital.deviceId(), vital.effectiveTime(), (one, other) -> one.isAfter(other) ? one : other));
        Set<String> ids = new LinkedHashSet<>(registered.keySet());
        ids.addAll(heard.keySet());
        return ids.stream().map(id -> device(id, Optional.ofNullable(registered.get(id)), Optional.ofNullable(heard.get(id)),
                grades.getOrDefault(id, DeviceGrade.UNKNOWN), newest.get(id))).toList();
    }

    private static PatientView.Device device(String id, Optional<RegisteredDevice> registered, Optional<DeviceHealth> health, DeviceGrade grade,
            @Nullable Instant newest) {
        return new PatientView.Device(id, registered.map(RegisteredDevice::getKind).orElse(null), registered.map(RegisteredDevice::getGrade).orElse(grade),
                registered.map(RegisteredDevice::getVitals).map(List::copyOf).orElse(List.of()), newest,
                registered.map(RegisteredDevice::getIntervalMillis).orElse(null), health.map(DeviceHealth::getBatteryPercent).orElse(null),
                health.map(DeviceHealth::getClockOffsetSeconds).orElse(null), health.map(DeviceHealth::getClockDriftPerDay).orElse(null),
                health.map(DeviceHealth::getErrorRate).orElse(null));
    }

    private static PatientView.Plan plan(PatientContext plan, String team) {
        return new PatientView.Plan(plan.getSex(), plan.getBirthDate(), plan.getTimeZone(), List.copyOf(plan.getConditions()), plan.getSpo2Scale(),
                plan.getOxygen(), plan.getNews2(), plan.getMonitor().stream().map(vital -> new PatientView.Monitored(vital.getVital(),
                        vital.getCadenceMillis(), vital.getPurpose(), vital.getReason())).toList(), Map.copyOf(plan.getRules()), team);
    }
}
