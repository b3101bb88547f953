package io.vitaltwin.standalone.cli.ingest;

import io.vitaltwin.ingest.DeviceProducer;
import io.vitaltwin.ingest.DeviceStream;
import io.vitaltwin.standalone.cli.CliException;
import picocli.CommandLine.Option;

/** Whose readings, from which device. */
final class StreamOptions {

    @Option(names = "--patient", required = true, paramLabel = "ID", description = "Pseudonym of the patient.")
    private String patient = "";

    @Option(names = "--device", required = true, paramLabel = "ID", description = "Device, as registered in the patient's care plan.")
    private String device = "";

    @Option(names = "--first-sequence", paramLabel = "N", defaultValue = "" + DeviceProducer.UNCOUNTED,
            description = "Sequence number of the first batch, for a device that counts its batches. Default: not counted.")
    private long firstSequence = DeviceProducer.UNCOUNTED;

    /** @throws CliException if an id cannot be used */
    DeviceStream stream() {
        try {
            return new DeviceStream(patient, device);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall(e.getMessage(), e);
        }
    }

    /** @throws CliException if below -1 */
    long firstSequence() {
        if (firstSequence < DeviceProducer.UNCOUNTED) {
            throw CliException.wrongCall("--first-sequence must be 0 or more");
        }
        return firstSequence;
    }
}
