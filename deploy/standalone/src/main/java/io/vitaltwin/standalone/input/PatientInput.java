package io.vitaltwin.standalone.input;

import io.vitaltwin.schemas.ActivityContext;
import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.KnownBaseline;
import io.vitaltwin.schemas.MonitoredVital;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.twin.core.SerialNumber;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.HomeProtocol;
import io.vitaltwin.twin.core.rules.HomeThreshold;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Patients and their devices. */
final class PatientInput {

    private static final List<String> SEXES = List.of("female", "male", "other", "unknown");
    private static final List<String> OXYGEN = List.of("air", "oxygen");
    private static final List<String> CONDITIONS = List.of("copd", "heart_failure", "diabetes_t1", "diabetes_t2", "hypertension",
            "neutropenia", "infection_suspected", "atrial_fibrillation");
    private static final List<String> KINDS = List.of("finger-oximeter", "watch", "ring", "chest-strap", "tracker", "patch", "cuff",
            "wrist-cuff", "cuffless", "scale", "cgm", "glucose-meter", "thermometer", "skin-patch", "capnograph", "concentrator", "kit", "manual");
    /** Attributes that a rule reads, and the words that it knows; all others are free. */
    private static final Map<String, List<String>> ATTRIBUTES = Map.of(
            HomeProtocol.ATTRIBUTE, HomeProtocol.words(), HomeThreshold.ATTRIBUTE, HomeThreshold.words());
    /** Readings in a unit of time. */
    private static final Pattern FREQUENCY = Pattern.compile("([1-9][0-9]{0,3})/(min|h|d)");
    private static final Map<String, Duration> UNITS = Map.of("min", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final List<String> VITALS = Stream.of(Vital.values()).map(Vital::id).toList();

    private PatientInput() {
    }

    static List<PatientContext> patients(List<Item> patients, List<Item> devices, String zone, FileClock clock) {
        Map<String, PatientContext> byId = new LinkedHashMap<>();
        Map<String, Item> cadences = new HashMap<>();
        for (Item item : patients) {
            PatientContext patient = patient(item, zone, clock, cadences);
            if (byId.put(patient.getPatientId(), patient) != null) {
                throw item.problem("this patient is in the file twice");
            }
        }
        for (Item item : devices) {
            Fields fields = item.fields();
            Item owner = fields.need("patient");
            PatientContext patient = byId.get(owner.text());
            if (patient == null) {
                throw owner.problem("this device's patient is not under 'patients'");
            }
            device(fields, clock).ifPresent(device -> add(patient, device, item));
        }
        byId.values().forEach(patient -> cadence(patient, cadences.get(patient.getPatientId())));
        return List.copyOf(byId.values());
    }

    private static PatientContext patient(Item item, String zone, FileClock clock, Map<String, Item> cadences) {
        Fields fields = item.fields();
        PatientContext patient = PatientContext.newBuilder().setPatientId(fields.need("id", "patientId").text()).build();
        patient.setTimeZone(fields.take("timezone", "timeZone").map(Item::zone).orElse(zone));
        fields.ifThere("birthDate", value -> patient.setBirthDate(value.date()));
        fields.ifThere("sex", value -> patient.setSex(value.oneOf(SEXES)));
        fields.ifThere("attributes", value -> patient.setAttributes(attributes(value)));
        fields.ifThere("conditions", value -> patient.setConditions(value.items().stream().map(word -> word.oneOf(CONDITIONS)).toList()));
        fields.ifThere("spo2Scale", value -> patient.setSpo2Scale(value.whole(1, 2)));
        fields.ifThere("oxygen", value -> patient.setOxygen(value.oneOf(OXYGEN)));
        fields.ifThere("monitor", value -> patient.setMonitor(value.items().stream().map(PatientInput::monitored).toList()));
        fields.ifThere("rules", value -> patient.setRules(rules(value)));
        fields.ifThere("news2", value -> patient.setNews2(value.flag()));
        fields.ifThere("baselines", value -> patient.setBaselines(value.items().stream().map(PatientInput::baseline).toList()));
        fields.ifThere("cadence", value -> cadences.put(patient.getPatientId(), value));
        fields.ifThere("devices", value -> value.items().forEach(
                device -> device(device.fields(), clock).ifPresent(registered -> add(patient, registered, device))));
        fields.end();
        return patient;
    }

    private static void add(PatientContext patient, RegisteredDevice device, Item item) {
        if (patient.getDevices().stream().anyMatch(other -> other.getDeviceId().equals(device.getDeviceId()))) {
            throw item.problem("this patient has this device twice");
        }
        List<RegisteredDevice> devices = new ArrayList<>(patient.getDevices());
        devices.add(device);
        patient.setDevices(devices);
    }

    /** Empty when the file says that the device is not registered. */
    private static Optional<RegisteredDevice> device(Fields fields, FileClock clock) {
        RegisteredDevice device = RegisteredDevice.newBuilder()
                .setDeviceId(fields.need("id", "deviceId").text())
                .setKind(fields.need("kind").oneOf(KINDS))
                .build();
        fields.ifThere("grade", value -> device.setGrade(value.symbol(DeviceGrade.class)));
        fields.ifThere("vitals", value -> device.setVitals(value.items().stream().map(vital -> vital.oneOf(VITALS)).toList()));
        millis(fields, "interval", "intervalMillis").ifPresent(device::setIntervalMillis);
        fields.ifThere("validFrom", value -> device.setValidFrom(value.time(clock)));
        fields.ifThere("validTo", value -> device.setValidTo(value.time(clock)));
        fields.ifThere("serial", value -> device.setSerial(serial(value)));
        boolean registered = fields.take("registered").map(Item::flag).orElse(true);
        fields.end();
        return registered ? Optional.of(device) : Optional.empty();
    }

    /** A filler would make one device of all that bear it. */
    private static String serial(Item item) {
        if (!SerialNumber.isUsable(item.text())) {
            throw item.problem("a serial number has at least four letters and digits, one of them a digit and not all alike: write it as it stands on the "
                    + "device, or leave it out");
        }
        return item.text();
    }

    private static Optional<Long> millis(Fields fields, String asSpan, String asNumber) {
        Optional<Long> span = fields.take(asSpan).map(Item::positiveSpan).map(Duration::toMillis);
        Optional<Long> number = fields.take(asNumber).map(value -> (long) value.whole(1, Integer.MAX_VALUE));
        if (span.isPresent() && number.isPresent()) {
            throw fields.owner().problem("'" + asSpan + "' and '" + asNumber + "' say the same; keep one");
        }
        return span.or(() -> number);
    }

    private static MonitoredVital monitored(Item item) {
        if (!item.isMap()) {
            return MonitoredVital.newBuilder().setVital(item.oneOf(VITALS)).build();
        }
        Fields fields = item.fields();
        MonitoredVital vital = MonitoredVital.newBuilder().setVital(fields.need("vital").oneOf(VITALS)).build();
        millis(fields, "cadence", "cadenceMillis").ifPresent(vital::setCadenceMillis);
        fields.ifThere("purpose", value -> vital.setPurpose(value.text()));
        fields.ifThere("reason", value -> vital.setReason(value.text()));
        leastInterval(fields).ifPresent(vital::setLeastIntervalMillis);
        fields.end();
        return vital;
    }

    /** How often the vital may be kept: as a span between two readings, or as a number of readings in a minute, an hour or a day. */
    private static Optional<Long> leastInterval(Fields fields) {
        Optional<Long> interval = millis(fields, "leastInterval", "leastIntervalMillis");
        Optional<Item> frequency = fields.take("maxFrequency");
        if (interval.isPresent() && frequency.isPresent()) {
            throw fields.owner().problem("'maxFrequency' and 'leastInterval' say the same; keep one");
        }
        return interval.or(() -> frequency.map(PatientInput::leastInterval));
    }

    private static long leastInterval(Item frequency) {
        Matcher parts = FREQUENCY.matcher(frequency.text());
        if (!parts.matches()) {
            throw frequency.problem("a frequency such as 1/min, 4/h or 2/d expected here");
        }
        return Math.ceilDiv(UNITS.get(parts.group(2)).toMillis(), Long.parseLong(parts.group(1)));
    }

    private static KnownBaseline baseline(Item item) {
        Fields fields = item.fields();
        KnownBaseline baseline = KnownBaseline.newBuilder()
                .setVital(fields.need("vital").oneOf(VITALS))
                .setMedian(fields.need("median").number())
                .setMad(fields.need("mad").number())
                .build();
        fields.ifThere("context", value -> baseline.setContext(value.symbol(ActivityContext.class)));
        fields.ifThere("days", value -> baseline.setDays(value.whole(0, Integer.MAX_VALUE)));
        fields.end();
        return baseline;
    }

    /** A cadence of a vital that no plan names is a cadence for what the devices send: the plan then names all of that. */
    private static void cadence(PatientContext patient, @org.jspecify.annotations.Nullable Item cadence) {
        if (cadence == null) {
            return;
        }
        List<MonitoredVital> plan = new ArrayList<>(patient.getMonitor());
        if (plan.isEmpty()) {
            patient.getDevices().stream().flatMap(device -> device.getVitals().stream()).distinct()
                    .forEach(vital -> plan.add(MonitoredVital.newBuilder().setVital(vital).build()));
        }
        cadence.entries().forEach((name, span) -> plan.stream()
                .filter(vital -> Objects.equals(vital.getVital(), name)).findFirst()
                .orElseThrow(() -> span.problem("cadence of '" + name + "', which is neither under 'monitor' nor sent by a device"))
                .setCadenceMillis(span.positiveSpan().toMillis()));
        patient.setMonitor(plan);
    }

    private static Map<String, String> attributes(Item item) {
        Map<String, String> texts = new LinkedHashMap<>();
        item.entries().forEach((key, value) -> texts.put(key, ATTRIBUTES.containsKey(key) ? value.oneOf(ATTRIBUTES.get(key)) : value.text()));
        return texts;
    }

    private static Map<String, Map<String, Double>> rules(Item item) {
        Map<String, Map<String, Double>> rules = new LinkedHashMap<>();
        item.entries().forEach((rule, parameters) -> {
            Map<String, Double> numbers = new LinkedHashMap<>();
            parameters.entries().forEach((parameter, number) -> numbers.put(parameter, number.number()));
            rules.put(rule, numbers);
        });
        return rules;
    }
}
