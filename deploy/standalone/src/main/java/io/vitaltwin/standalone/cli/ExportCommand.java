package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.vitaltwin.standalone.Version;
import io.vitaltwin.twin.adapter.disclosure.DisclosureGate;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.core.disclosure.Datum;
import io.vitaltwin.twin.core.disclosure.Egress;
import io.vitaltwin.twin.core.disclosure.Offer;
import io.vitaltwin.twin.core.disclosure.Viewer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** A patient's own data, out of the system and into files that others can read. Needs a broker and nothing else. */
@Command(name = "export", mixinStandardHelpOptions = true,
        description = {"Writes all that the log holds of one patient: HL7 FHIR R4 resources, one a line, and tables.",
                "It is the patient's right and asks for no consent; it is written to the patient's disclosure log all the same."})
final class ExportCommand implements Callable<Integer> {

    /** What to write. */
    enum Kind { fhir, csv, both }

    /** The patient asks for it. */
    private static final Viewer PATIENT = new Viewer("PATRQT", "patient", "patient");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "PATIENT", description = "Pseudonym of the patient.")
    private String patient = "";

    @Option(names = "--to", paramLabel = "DIR", defaultValue = "vitaltwin-export", description = "New folder. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("vitaltwin-export");

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "both", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Kind format = Kind.both;

    @Option(names = "--time", paramLabel = "TIME", description = "Time to write into the manifest. Default: now.")
    private @Nullable Instant time;

    ExportCommand() {
        // picocli fills in what is said on the command line
    }

    /** For a part of the program that has no command line. */
    ExportCommand(ClusterOptions cluster, String patient, Path folder) {
        this.cluster = cluster;
        this.patient = patient;
        this.folder = folder;
    }

    @Override
    public Integer call() {
        cluster.requireBroker();
        Done done = export();
        print(done);
        return done.unreadable() == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /** What was written. @param unreadable records of the patient that cannot be decoded and were left out */
    record Done(List<ExportFile.Written> files, long unreadable) {
    }

    /** Writes the folder whole, or not at all. */
    Done export() {
        try (ExportFolder out = new ExportFolder(folder, format != Kind.csv, format != Kind.fhir);
                Export export = new Export(cluster, patient, out)) {
            export.write();
            if (export.records() == 0) {
                throw CliException.failed("the log of " + cluster.topics().readings().name()
                        + " and its neighbours holds nothing about this patient; check the pseudonym and --prefix");
            }
            out.text("README.txt", readme());
            List<ExportFile.Written> files = out.finish();
            out.text("manifest.json", manifest(export, files));
            out.finish();
            disclose(export);
            out.publish();
            return new Done(files, export.unreadable());
        } catch (IOException e) {
            throw CliException.failed("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Written down before the folder appears; if that fails, it never does. */
    private void disclose(Export export) {
        long now = InstantSource.system().millis();
        List<Datum> data = export.data().isEmpty() ? List.of(Datum.notice(now)) : export.data();
        try (DisclosureGate gate = Gates.open(cluster, Egress.EXPORT, PATIENT, patient::equals)) {
            if (gate.pass(List.of(new Item<>(patient, now, new Offer(data, export.values()), patient))).isEmpty()) {
                throw new IllegalStateException("a patient's own data were withheld from the patient");
            }
        }
    }

    private String manifest(Export export, List<ExportFile.Written> files) throws JsonProcessingException {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("patient", patient);
        manifest.put("time", (time == null ? InstantSource.system().instant() : time).toString());
        manifest.put("program", "vitaltwin " + Version.current());
        manifest.put("fhirVersion", "4.0.1");
        manifest.put("readUpToOffset", export.ends());
        manifest.put("unreadableRecords", export.unreadable());
        manifest.put("files", files);
        return JSON.writeValueAsString(manifest) + "\n";
    }

    private void print(Done done) {
        if (done.unreadable() > 0) {
            cluster.err().println("vitaltwin: records of this patient that cannot be decoded and are not in the export: " + done.unreadable());
        }
        for (ExportFile.Written file : done.files()) {
            if (cluster.json()) {
                cluster.printJson(file);
            } else {
                cluster.out().printf("%-24s %10d records %12d bytes%n", file.name(), file.records(), file.bytes());
            }
        }
    }

    private static String readme() throws IOException {
        try (InputStream text = Objects.requireNonNull(ExportCommand.class.getResourceAsStream("export-readme.txt"), "export-readme.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
