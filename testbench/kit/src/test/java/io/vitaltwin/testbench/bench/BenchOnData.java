package io.vitaltwin.testbench.bench;

import io.vitaltwin.standalone.cli.CliException;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Calls a benchmark as the command line does. */
public final class BenchOnData {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String problem = "";

    /** @return the exit code */
    public int run(String... arguments) {
        return new CommandLine(new BenchCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof CliException known) {
                        problem = String.valueOf(known.getMessage());
                        return known.exitCode();
                    }
                    throw e;
                }).execute(arguments);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    /** What the person who called is told. */
    public String problem() {
        return problem;
    }
}
