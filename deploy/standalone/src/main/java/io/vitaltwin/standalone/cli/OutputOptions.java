package io.vitaltwin.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/**
 * Mixin of every command: how to print. What a command finds goes to {@link #out()}; what it has to say about its work goes to
 * {@link #err()}.
 */
public class OutputOptions {

    /** Text for people, or one JSON object a line for programs. */
    public enum Format { text, json }

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}: text for people, or one JSON object a line and nothing else on stdout. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Option(names = DEBUG, description = "Show stack traces.")
    private boolean debug;

    static final String DEBUG = "--debug";

    public final boolean json() {
        return format == Format.json;
    }

    public final boolean debug() {
        return debug;
    }

    /** Standard output, UTF-8. */
    public final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** Standard error, UTF-8. */
    public final PrintWriter err() {
        return spec().commandLine().getErr();
    }

    /** Prints one value as one line of JSON. @param value a Jackson node, or a map, list or record of plain values */
    public final void printJson(Object value) {
        try {
            out().println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("output cannot be written as JSON", e);
        }
    }

    final CommandSpec spec() {
        if (command == null) {
            throw new IllegalStateException("options used outside a command");
        }
        return command;
    }
}
