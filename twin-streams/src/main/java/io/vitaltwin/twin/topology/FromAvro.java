package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.DeviceSighting;
import io.vitaltwin.schemas.KnownBaseline;
import io.vitaltwin.schemas.MonitoredVital;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.twin.core.Context;
import io.vitaltwin.twin.core.Device;
import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Plan;
import io.vitaltwin.twin.core.SerialNumber;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.quality.PatientFacts;
import io.vitaltwin.twin.core.quality.SharedDevice;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records of the topics as words of the core. */
final class FromAvro {

    /** A year: nothing is measured more seldom. */
    private static final long LONGEST_INTERVAL_MILLIS = 366 * 86_400_000L;

    private FromAvro() {
    }

    /** The plan of a patient of whom nothing is known: nothing may be collected. */
    static Plan nobody(RuleSet rules) {
        return new Plan(PatientFacts.NONE, Set.of(), 1, Optional.empty(), Set.of(), Map.of(), Map.of(), false, List.of(),
                ZoneOffset.UTC, Map.of(), rules);
    }

    static Plan plan(PatientContext context, RuleSet rules) {
        Map<String, Device> devices = new HashMap<>();
        Set<String> collected = new HashSet<>();
        for (RegisteredDevice device : context.getDevices()) {
            devices.put(device.getDeviceId(), device(device));
            collected.addAll(device.getVitals());
        }
        Map<Vital, Long> cadences = new EnumMap<>(Vital.class);
        Map<Vital, Long> leastIntervals = new EnumMap<>(Vital.class);
        if (!context.getMonitor().isEmpty()) {
            collected.clear();
            for (MonitoredVital monitored : context.getMonitor()) {
                if (monitored.getPurpose().equals(Admission.PURPOSE)) {
                    collected.add(monitored.getVital());
                    span(cadences, monitored.getVital(), monitored.getCadenceMillis());
                    span(leastIntervals, monitored.getVital(), monitored.getLeastIntervalMillis());
                }
            }
        }
        return new Plan(PatientFacts.of(birthDate(context.getBirthDate()), context.getConditions(), context.getAttributes()),
                Set.copyOf(context.getConditions()), context.getSpo2Scale() == 2 ? 2 : 1,
                Optional.ofNullable(context.getOxygen()).map("oxygen"::equals), collected, cadences, devices,
                context.getNews2(), baselines(context), zone(context.getTimeZone()), context.getAttributes(),
                leastIntervals, rules.with(context.getRules()));
    }

    /** A vital that the twin does not know has no span; nor has one without a length. */
    private static void span(Map<Vital, Long> spans, String id, @Nullable Long millis) {
        if (millis != null && millis > 0) {
            Vital.of(id).ifPresent(vital -> spans.put(vital, Math.min(millis, LONGEST_INTERVAL_MILLIS)));
        }
    }

    /** A zone that nobody knows is none: the day of such a patient is that of UTC. */
    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name).normalized();    // of a fixed offset the day is found without rules
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** A date that is none is no date: the checks that need an age do without. */
    private static Optional<LocalDate> birthDate(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Device device(RegisteredDevice device) {
        Set<Vital> vitals = EnumSet.noneOf(Vital.class);
        device.getVitals().forEach(id -> Vital.of(id).ifPresent(vitals::add));
        Long interval = device.getIntervalMillis();
        return new Device(device.getDeviceId(), device.getKind().isEmpty() ? "manual" : device.getKind(),
                Grade.valueOf(device.getGrade().name()), vitals, interval == null ? 0 : Math.clamp(interval, 0, LONGEST_INTERVAL_MILLIS),
                millis(device.getValidFrom(), Long.MIN_VALUE), millis(device.getValidTo(), Long.MAX_VALUE), serialHash(device));
    }

    /** A number that cannot tell devices apart is none: the command line refuses it at the door. */
    private static String serialHash(RegisteredDevice device) {
        String serial = device.getSerial();
        return serial == null ? "" : SerialNumber.hash(device.getKind(), serial).orElse("");
    }

    private static List<Plan.Baseline> baselines(PatientContext context) {
        List<Plan.Baseline> baselines = new ArrayList<>();
        for (KnownBaseline known : context.getBaselines()) {
            if (!(known.getMedian() > 0) || !(known.getMad() >= 0) || known.getMedian() > 1e9 || known.getMad() > 1e9) {
                continue; // no number that a baseline can have: without it the rules use the population's limits
            }
            Vital.of(known.getVital()).ifPresent(vital -> baselines.add(new Plan.Baseline(vital, Context.valueOf(known.getContext().name()),
                    Math.round(known.getMedian() * 1000), Math.round(known.getMad() * 1000), known.getDays())));
        }
        return baselines;
    }

    static SharedDevice.Sighting sighting(DeviceSighting sighting, long appendMillis) {
        return new SharedDevice.Sighting(sighting.getPatientId(), sighting.getDeviceId(), sighting.getEffectiveTime().toEpochMilli(),
                millis(sighting.getRegisteredUntil(), Long.MAX_VALUE), appendMillis);
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }
}
