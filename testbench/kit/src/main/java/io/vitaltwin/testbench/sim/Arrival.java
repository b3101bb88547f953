package io.vitaltwin.testbench.sim;

import io.vitaltwin.schemas.ConsentRecord;
import io.vitaltwin.schemas.PatientContext;
import io.vitaltwin.schemas.PatientReport;
import io.vitaltwin.schemas.ReadingBatch;

import java.time.Instant;

/** Something that reaches the broker. */
public sealed interface Arrival {

    /** When it reaches the broker: its append time. */
    Instant at();

    String patientId();

    /** How many readings it holds. */
    default int readings() {
        return 0;
    }

    record Plan(Instant at, PatientContext plan) implements Arrival {
        @Override
        public String patientId() {
            return plan.getPatientId();
        }
    }

    record Consent(Instant at, ConsentRecord consent) implements Arrival {
        @Override
        public String patientId() {
            return consent.getPatientId();
        }
    }

    record Batch(Instant at, String patientId, ReadingBatch batch) implements Arrival {
        @Override
        public int readings() {
            return batch.getReadings().size();
        }
    }

    record Report(Instant at, PatientReport report) implements Arrival {
        @Override
        public String patientId() {
            return report.getPatientId();
        }
    }

    /** A record on the readings topic that nobody can read. Nobody knows what it held: it counts as one reading. */
    record Garbage(Instant at, String patientId) implements Arrival {
        @Override
        public int readings() {
            return 1;
        }

        /** Well-formed up to the schema id, which no schema has. */
        public byte[] bytes() {
            return new byte[] {0, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};
        }
    }
}
