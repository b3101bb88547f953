package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.AlertsConfig;
import io.vitaltwin.standalone.erase.Erasing;
import io.vitaltwin.standalone.erase.ErasureContext;
import io.vitaltwin.standalone.erase.ErasureFailed;
import io.vitaltwin.standalone.erase.ErasureReport;
import io.vitaltwin.standalone.erase.ErasureRequest;
import io.vitaltwin.twin.TwinConfig;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Forgetting one patient, with proof. */
@Command(name = "erase", mixinStandardHelpOptions = true,
        description = {"Erases a patient for ever and searches every topic, changelog and folder for what may be left. The twin must run, and the"
                + " workflow of alerts, too, where it ever ran."
                + " With encryption the patient's key is destroyed; without, logs keep what they hold until it is old, unless --delete-log-records.",
            "Exit 0: nothing was found. 1: something was, or it could not be done. 2: wrong call."})
final class EraseCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "PATIENT",
            description = "Pseudonym of the patient; or the alias that a report names, to go on where an erasure was cut short.")
    private String patient = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT",
            description = "On what ground, such as 'GDPR 17(1)(b)'. Kept for ever: name nobody.")
    private String reason = "";

    @Option(names = "--actor", required = true, paramLabel = "WHO", description = "Pseudonym of who asks for it. Kept for ever.")
    private String actor = "";

    @Option(names = "--data-dir", paramLabel = "DIR",
            description = "Folder of a broker, a twin or a workflow on this machine, to be searched as well. May be given several times.")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--delete-log-records",
            description = "Without encryption: delete all that lies in the partitions that name the patient, also what is about others. Consents stay.")
    private boolean deleteLogRecords;

    @Option(names = "--application-id", paramLabel = "ID", defaultValue = TwinConfig.DEFAULT_APPLICATION_ID,
            description = "Which twin. Default: ${DEFAULT-VALUE}.")
    private String applicationId = TwinConfig.DEFAULT_APPLICATION_ID;

    @Option(names = "--alerts-application-id", paramLabel = "ID", defaultValue = AlertsConfig.DEFAULT_APPLICATION_ID,
            description = "Which workflow of alerts. Default: ${DEFAULT-VALUE}.")
    private String alertsApplicationId = AlertsConfig.DEFAULT_APPLICATION_ID;

    @Option(names = "--wait", paramLabel = "SPAN", description = "For applications and brokers at most. Default: 10m.")
    private Duration atMost = Duration.ofMinutes(10);

    @Option(names = "--yes", description = "Needed: it cannot be undone.")
    private boolean yes;

    @Override
    public Integer call() {
        if (!yes) {
            throw CliException.wrongCall("erasing cannot be undone; say --yes when it is meant");
        }
        if (reason.contains(patient) || actor.equals(patient)) {
            throw CliException.wrongCall("--reason and --actor are kept for ever and must not name the patient");
        }
        boolean encrypted = cluster.privacySettings().isPresent();
        if (deleteLogRecords && encrypted) {
            throw CliException.wrongCall("--delete-log-records is for clusters without encryption: here the key is destroyed, and others keep theirs");
        }
        folders.stream().filter(folder -> !Files.isDirectory(folder)).findFirst().ifPresent(folder -> {
            throw CliException.wrongCall("there is no folder " + folder + "; check --data-dir");
        });
        ErasureReport report = erase();
        print(report);
        return report.findings() == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private ErasureReport erase() {
        List<Path> absolute = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
        try (Admin admin = cluster.admin()) {
            ErasureContext context = new ErasureContext(admin, cluster.clientProperties(), cluster.readerProperties(), cluster.topics(),
                    cluster.schemaIds(), cluster.privacy(), this::progress);
            return new Erasing(context, new ErasureRequest(patient, actor, reason, absolute, deleteLogRecords, applicationId,
                    alertsApplicationId, atMost),
                    InstantSource.system()).run();
        } catch (ErasureFailed | UncheckedIOException e) {
            throw CliException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    private void progress(String step) {
        cluster.err().println(step);
        cluster.err().flush();
    }

    private void print(ErasureReport report) {
        if (cluster.json()) {
            cluster.printJson(json(report));
            return;
        }
        PrintWriter out = cluster.out();
        report.searched().forEach(one -> out.printf("%-60s %9d items %14d bytes %6d findings%s%n", one.place(), one.items(), one.bytes(),
                one.findings(), one.anonymousKeys() == 0 ? "" : ", " + one.anonymousKeys() + " anonymous keys"));
        report.remains().forEach(one -> out.println("remains: " + one.topic() + ", "
                + one.until().map(until -> "until " + until).orElse("for ever") + (deleteLogRecords ? "" : "; --delete-log-records removes it, but for consents, with what is about others")));
        report.recipients().forEach(one -> out.println("tell " + one + ": was shown something of the patient, and is to erase it as well (GDPR 19)"));
        out.println(summary(report));
    }

    private static String summary(ErasureReport report) {
        return (report.findings() == 0 ? "erased: nothing that names or measures the patient was found" : report.findings() + " findings: not erased yet")
                + (report.keyDestroyed() ? "; the key is destroyed" : "")
                + (report.anonymousKeys() == 0 ? "" : "; " + report.anonymousKeys() + " times a random key that stands for nobody now")
                + (report.shared() == 0 ? "" : "; " + report.shared() + " things that others have as well were not looked for")
                + "; erasure " + report.erasureId() + report.alias().map(alias -> " of " + alias).orElse("");
    }

    private static Map<String, Object> json(ErasureReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("erasureId", report.erasureId());
        json.put("alias", report.alias().orElse(null));
        json.put("keyDestroyed", report.keyDestroyed());
        json.put("requested", report.requested().toString());
        json.put("finished", report.finished().toString());
        json.put("findings", report.findings());
        json.put("anonymousKeys", report.anonymousKeys());
        json.put("shared", report.shared());
        json.put("searched", report.searched());
        json.put("remains", report.remains().stream().map(one -> {
            Map<String, Object> remains = new LinkedHashMap<>();
            remains.put("topic", one.topic());
            remains.put("findings", one.findings());
            remains.put("until", one.until().map(String::valueOf).orElse(null));
            return remains;
        }).toList());
        json.put("recipients", report.recipients());
        return json;
    }
}
