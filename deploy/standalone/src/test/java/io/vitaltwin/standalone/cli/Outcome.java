package io.vitaltwin.standalone.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a run of the command line told its caller. */
record Outcome(int exit, String out, String err) {

    /** Runs the program within this JVM. */
    static Outcome of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Vitaltwin.run(args, new PrintWriter(out), new PrintWriter(err));
        return new Outcome(exit, out.toString(), err.toString());
    }

    static Outcome of(List<String> args) {
        return of(args.toArray(String[]::new));
    }

    /** Lines of the output. */
    List<String> lines() {
        return out.lines().toList();
    }
}
