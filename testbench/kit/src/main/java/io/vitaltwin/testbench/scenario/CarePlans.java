package io.vitaltwin.testbench.scenario;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.ConsentStatus;
import io.vitaltwin.schemas.KnownBaseline;
import io.vitaltwin.schemas.MonitoredVital;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.Provision;
import io.vitaltwin.schemas.ProvisionType;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.testbench.scenario.Scenario.Consent;
import io.vitaltwin.testbench.scenario.Scenario.Device;
import io.vitaltwin.testbench.scenario.Scenario.Patient;
import io.vitaltwin.testbench.scenario.Scenario.Rule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What care and consent systems write for the people of a scenario. */
final class CarePlans {

    private final Scenario scenario;

    CarePlans(Scenario scenario) {
        this.scenario = scenario;
    }

    PatientContext context(Patient patient) {
        List<Device> devices = scenario.devices().stream().filter(device -> device.patient().equals(patient.id())).toList();
        return PatientContext.newBuilder().setPatientId(patient.id())
                .setBirthDate(patient.birthDate().map(LocalDate::toString).orElse(null)).setSex(patient.sex())
                .setTimeZone(scenario.timezone().getId()).setConditions(patient.conditions()).setAttributes(patient.attributes())
                .setSpo2Scale(patient.spo2Scale()).setOxygen(patient.oxygen().orElse(null)).setMonitor(monitor(patient, devices))
                .setDevices(devices.stream().filter(Device::registered).map(CarePlans::registered).toList())
                .setRules(rules(patient)).setNews2(patient.news2())
                .setBaselines(patient.baselines().stream().map(CarePlans::baseline).toList()).build();
    }

    /** The plan's vitals; when the scenario names none, what any of the patient's devices may send, registered or not. */
    private static List<MonitoredVital> monitor(Patient patient, List<Device> devices) {
        List<String> vitals = patient.monitor().isEmpty()
                ? devices.stream().flatMap(device -> device.vitals().stream()).distinct().toList() : patient.monitor();
        return vitals.stream().map(vital -> MonitoredVital.newBuilder().setVital(vital)
                .setCadenceMillis(millis(Optional.ofNullable(patient.cadence().get(vital)))).build()).toList();
    }

    private static RegisteredDevice registered(Device device) {
        return RegisteredDevice.newBuilder().setDeviceId(device.id()).setKind(device.kind()).setGrade(device.grade())
                .setVitals(device.vitals()).setIntervalMillis(millis(device.interval())).build();
    }

    private static Map<String, Map<String, Double>> rules(Patient patient) {
        return patient.rules().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, rule -> new TreeMap<>(rule.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static KnownBaseline baseline(Scenario.Baseline known) {
        return KnownBaseline.newBuilder().setVital(known.vital()).setContext(known.context()).setMedian(known.median())
                .setMad(known.mad()).setDays(known.days()).build();
    }

    /** @param version of the patient's consent, from 1 */
    ConsentRecord consent(Consent consent, int version) {
        return ConsentRecord.newBuilder().setPatientId(consent.patient()).setConsentId("consent-" + consent.patient())
                .setVersionId(Integer.toString(version)).setStatus(consent.status())
                .setEffectiveTime(scenario.start().plus(consent.effective()))
                .setProvisions(consent.rules().stream().map(this::provision).toList()).build();
    }

    /** TREAT, for everything. */
    ConsentRecord everything(String patient, Instant effective) {
        return ConsentRecord.newBuilder().setPatientId(patient).setConsentId("consent-" + patient).setVersionId("1")
                .setStatus(ConsentStatus.ACTIVE).setEffectiveTime(effective)
                .setProvisions(List.of(Provision.newBuilder().setType(ProvisionType.PERMIT).setPurposes(List.of("TREAT")).build()))
                .build();
    }

    private Provision provision(Rule rule) {
        return Provision.newBuilder().setType(rule.type()).setPurposes(rule.purposes()).setVitals(rule.vitals())
                .setPeriodStart(time(rule.period().from())).setPeriodEnd(time(rule.period().to()))
                .setDataPeriodStart(time(rule.dataPeriod().from())).setDataPeriodEnd(time(rule.dataPeriod().to())).build();
    }

    private @org.jspecify.annotations.Nullable Instant time(Optional<Duration> offset) {
        return offset.map(scenario.start()::plus).orElse(null);
    }

    private static @org.jspecify.annotations.Nullable Long millis(Optional<Duration> length) {
        return length.map(Duration::toMillis).orElse(null);
    }
}
