package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.web.Accounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Who may sign in to the console. */
@Command(name = "console", mixinStandardHelpOptions = true, description = "Local accounts of the console that 'run alerts --console' serves.",
        subcommands = ConsoleCommand.AccountCommand.class)
final class ConsoleCommand {

    @Command(name = "account", mixinStandardHelpOptions = true, description = "Local accounts.", subcommands = {Add.class, Token.class})
    static final class AccountCommand {
    }

    /** Mixin: where the accounts are. */
    static final class FileOption {

        @Option(names = "--accounts", paramLabel = "FILE", description = "File of accounts, as alerts.console.accounts names it. Default: state/console-accounts.yaml.")
        private Path file = ConsoleOptions.DEFAULT_ACCOUNTS;
    }

    @Command(name = "add", mixinStandardHelpOptions = true,
            description = {"Adds an account. A running console takes it at once.",
                    "Without --password-stdin a password is made and printed once, to be changed at the first sign-in."})
    static final class Add implements Callable<Integer> {

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Mixin
        private FileOption where = new FileOption();

        @Parameters(index = "0", paramLabel = "USER", description = "Name to sign in by; actions and disclosures are written down under it.")
        private String user = "";

        @Option(names = "--role", paramLabel = "ROLE", required = true, description = "${COMPLETION-CANDIDATES}")
        private Role role = Role.NURSE;

        @Option(names = "--team", paramLabel = "TEAM", description = "Care team whose patients are seen; may be given several times.")
        private List<String> teams = List.of();

        @Option(names = "--patient", paramLabel = "ID", defaultValue = "", description = "Pseudonym; for role PATIENT only.")
        private String patient = "";

        @Option(names = "--password-stdin", description = "Read the password from standard input: one line.")
        private boolean fromInput;

        @Override
        public Integer call() throws IOException {
            try {
                Optional<String> made = new Accounts(where.file).add(user, role, Set.copyOf(teams), patient, fromInput ? Optional.of(line()) : Optional.empty());
                print(output, user, "password", made);
                return ExitCodes.DONE;
            } catch (Accounts.AccountsProblem e) {
                throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
            }
        }

        private static String line() throws IOException {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        }
    }

    @Command(name = "token", mixinStandardHelpOptions = true, description = "Makes a token for a program that asks the API in the name of an account, and prints it once.")
    static final class Token implements Callable<Integer> {

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Mixin
        private FileOption where = new FileOption();

        @Parameters(index = "0", paramLabel = "USER", description = "The account.")
        private String user = "";

        @Override
        public Integer call() {
            try {
                Optional<String> token = new Accounts(where.file).addToken(user);
                if (token.isEmpty()) {
                    throw CliException.failed("there is no user " + user + " in " + where.file + "; './vitaltwin console account add' makes one");
                }
                print(output, user, "token", token);
                return ExitCodes.DONE;
            } catch (Accounts.AccountsProblem e) {
                throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private static void print(OutputOptions output, String user, String what, Optional<String> secret) {
        if (output.json()) {
            output.printJson(secret.map(value -> Map.of("user", user, what, value)).orElseGet(() -> Map.of("user", user)));
        } else {
            output.out().println(user + secret.map(value -> ", " + what + " (shown once): " + value).orElse(": added"));
        }
    }
}
