package io.vitaltwin.testbench.sim;

import io.vitaltwin.schemas.DeviceGrade;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.RegisteredDevice;
import io.vitaltwin.schemas.TrustedRecords;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** Care plans of simulated patients. */
public final class Plans {

    static {
        TrustedRecords.trust();
    }

    private Plans() {
    }

    /** A plan that collects whatever the devices may send and computes no NEWS2. */
    public static PatientContext plan(String patientId, RegisteredDevice... devices) {
        return PatientContext.newBuilder().setPatientId(patientId).setNews2(false).setDevices(List.of(devices)).build();
    }

    /** @param interval expected time between two readings; null: no rhythm */
    public static RegisteredDevice device(String id, String kind, DeviceGrade grade, @Nullable Duration interval, String... vitals) {
        return RegisteredDevice.newBuilder().setDeviceId(id).setKind(kind).setGrade(grade).setVitals(List.of(vitals))
                .setIntervalMillis(interval == null ? null : interval.toMillis()).build();
    }
}
