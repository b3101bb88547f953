package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.privacy.VaultProblem;
import io.vitaltwin.twin.adapter.disclosure.DisclosureFailed;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;

/** How a failed command ends: one line on standard error, the stack trace only with {@code --debug}. */
final class Problems {

    private Problems() {
    }

    static int wrongCall(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        print(line, problem.getMessage() + "; see " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.WRONG_CALL;
    }

    static int failed(Exception problem, CommandLine line, ParseResult parsed) {
        int exitCode = problem instanceof CliException known ? known.exitCode() : ExitCodes.FAILED;
        if (debug(parsed)) {
            problem.printStackTrace(line.getErr());
            line.getErr().flush();
        } else {
            print(line, sentence(problem));
        }
        return exitCode;
    }

    private static String sentence(Exception problem) {
        if (problem instanceof CliException || problem instanceof DisclosureFailed || problem instanceof VaultProblem) {
            return String.valueOf(problem.getMessage());
        }
        Throwable cause = problem instanceof ExecutionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof KafkaException) {
            return "Kafka: " + cause.getMessage() + "; " + OutputOptions.DEBUG + " shows where";
        }
        return "unexpected " + cause.getClass().getSimpleName() + ": " + cause.getMessage() + "; " + OutputOptions.DEBUG + " shows where";
    }

    private static boolean debug(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.hasMatchedOption(OutputOptions.DEBUG);
    }

    private static void print(CommandLine line, String sentence) {
        PrintWriter err = line.getErr();
        err.println("vitaltwin: " + sentence.replaceAll("\\s*\\R\\s*", " "));
        err.flush();
    }
}
