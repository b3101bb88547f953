package io.vitaltwin.testbench.bench;

import io.vitaltwin.standalone.cli.OutputOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Mixin of the benchmarks on data: where the report goes, and progress on a terminal. */
public final class ReportOptions extends OutputOptions {

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report as JSON to this file.")
    private @Nullable Path file;

    /** Prints the report as text, or as JSON with {@code --output json}, and writes its file where one was asked for. */
    public void print(Report report) throws IOException {
        if (json()) {
            out().println(report.toJsonLine());
        } else {
            report.lines().forEach(out()::println);
        }
        out().flush();
        if (file != null) {
            Files.writeString(file, report.toJson() + System.lineSeparator());
        }
    }

    /** Says what is going on, to a person in front of a terminal only. */
    public void progress(String step) {
        if (System.console() != null && !"dumb".equals(System.getenv("TERM"))) {
            err().println(step);
            err().flush();
        }
    }

    /** Says what makes the run a failed one, or what was left out. */
    public void complain(String problem) {
        err().println("vitaltwin: " + problem);
        err().flush();
    }
}
