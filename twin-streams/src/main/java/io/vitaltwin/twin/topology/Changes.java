package io.vitaltwin.twin.topology;

import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.twin.core.rules.RuleSet;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a trial changes. A device that is left out is not registered and sends nothing.
 *
 * @param plan takes the place of every care plan; its patient is not looked at
 * @param rules takes the place of the rule set
 * @param grades device id and the grade that it is to have
 * @param without device ids
 */
public record Changes(Optional<PatientContext> plan, Optional<RuleSet> rules, Map<String, DeviceGrade> grades, Set<String> without) {

    public static final Changes NONE = new Changes(Optional.empty(), Optional.empty(), Map.of(), Set.of());

    public Changes {
        grades = Map.copyOf(grades);
        without = Set.copyOf(without);
    }

    public boolean isEmpty() {
        return plan.isEmpty() && rules.isEmpty() && grades.isEmpty() && without.isEmpty();
    }

    boolean touchPlan() {
        return plan.isPresent() || !grades.isEmpty() || !without.isEmpty();
    }

    /** Devices that are to be changed and that this plan does not register, in order. */
    public List<String> unknownDevices(Optional<PatientContext> inForce) {
        Set<String> named = new TreeSet<>(grades.keySet());
        named.addAll(without);
        plan.or(() -> inForce).ifPresent(known -> known.getDevices().forEach(device -> named.remove(device.getDeviceId())));
        return List.copyOf(named);
    }

    /** The plan under these changes; null where there is none. */
    @Nullable PatientContext of(String patient, @Nullable PatientContext said) {
        PatientContext base = plan.orElse(said);
        if (base == null) {
            return null;
        }
        PatientContext changed = PatientContext.newBuilder(base).setPatientId(patient).build();
        List<RegisteredDevice> devices = new ArrayList<>();
        for (RegisteredDevice device : base.getDevices()) {
            if (!without.contains(device.getDeviceId())) {
                DeviceGrade grade = grades.getOrDefault(device.getDeviceId(), device.getGrade());
                devices.add(RegisteredDevice.newBuilder(device).setGrade(grade).build());
            }
        }
        changed.setDevices(devices);
        return changed;
    }
}
