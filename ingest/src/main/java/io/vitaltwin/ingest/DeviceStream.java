package io.vitaltwin.ingest;

/**
 * Whose readings come from which device.
 *
 * @param patientId the pseudonym, which is the key of every record
 * @param deviceId as registered in the patient's care plan
 */
public record DeviceStream(String patientId, String deviceId) {

    private static final int MAX_LENGTH = 256;

    public DeviceStream {
        check("patient", patientId);
        check("device", deviceId);
    }

    /** Redacted: neither a patient nor a device is written into a log by accident. */
    @Override
    public String toString() {
        return "DeviceStream[redacted]";
    }

    private static void check(String what, String id) {
        if (id.isBlank() || id.length() > MAX_LENGTH || id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " id must be 1 to " + MAX_LENGTH + " printable characters");
        }
    }
}
