package io.vitaltwin.standalone.erase;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Whom to erase, and how.
 *
 * @param patient as people know the patient; or the alias, to go on with an erasure that was cut short after the key was destroyed
 * @param actor pseudonym of who asked for it
 * @param ground why, such as GDPR 17(1)(b); never names the patient
 * @param folders of brokers and applications on this machine, whose files are searched; may be empty
 * @param deleteLogRecords without encryption: delete every record that lies before now in the partitions that name the patient, also others'
 * @param twin application id of the twin
 * @param workflow application id of the workflow of alerts, which may never have run
 * @param atMost how long to wait for applications and brokers altogether
 */
public record ErasureRequest(String patient, String actor, String ground, List<Path> folders, boolean deleteLogRecords, String twin,
        String workflow, Duration atMost) {

    public ErasureRequest {
        folders = List.copyOf(folders);
    }
}
