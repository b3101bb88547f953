package io.vitaltwin.alerts.web;

import io.vitaltwin.alerts.console.Role;
import io.vitaltwin.alerts.console.Visitor;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Local accounts in a YAML file that only its owner can read. It is read anew for each sign-in, so an account that somebody adds or removes counts at once.
 * Passwords and tokens are in it as hashes only. Safe for several threads.
 */
public final class Accounts {

    private static final Set<String> KEYS = Set.of("user", "role", "teams", "patient", "password", "must-change", "tokens");
    private static final String ADMIN = "admin";

    private final Path file;

    public Accounts(Path file) {
        this.file = file;
    }

    /** The file, or what is in it, cannot be used. The message names the place and what to do. */
    public static final class AccountsProblem extends RuntimeException {

        private static final long serialVersionUID = 1;

        AccountsProblem(String message) {
            super(message);
        }

        AccountsProblem(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Makes the file with one account, {@code admin} of role OPS, where there is none.
     *
     * @return its first password, to be shown once; empty: the file was there
     * @throws AccountsProblem if it cannot be made, or cannot be used as it is
     */
    public synchronized Optional<String> makeIfMissing() {
        if (Files.exists(file)) {
            read();
            return Optional.empty();
        }
        String first = Passwords.typable();
        write(List.of(Account.of(ADMIN, Role.OPS, Set.of(), "", first, true)));
        return Optional.of(first);
    }

    /**
     * Adds an account.
     *
     * @param password empty: one is made
     * @return the password that was made, to be shown once; empty: it was given
     * @throws AccountsProblem if there is such a user, or a part cannot be
     */
    public synchronized Optional<String> add(String user, Role role, Set<String> teams, String patient, Optional<String> password) {
        List<Account> all = new ArrayList<>(Files.exists(file) ? read() : List.of());
        if (all.stream().anyMatch(account -> account.user().equals(user))) {
            throw new AccountsProblem("there is a user " + user + " in " + file + " already");
        }
        password.filter(given -> !Passwords.isLongEnough(given)).ifPresent(given -> {
            throw new AccountsProblem("a password has at least " + Passwords.SHORTEST + " characters");
        });
        Optional<String> made = password.isPresent() ? Optional.empty() : Optional.of(Passwords.typable());
        try {
            all.add(Account.of(user, role, teams, patient, password.or(() -> made).orElseThrow(), made.isPresent()));
        } catch (IllegalArgumentException e) {
            throw new AccountsProblem(String.valueOf(e.getMessage()), e);
        }
        write(all);
        return made;
    }

    /** Adds a token for programs to an account. @return the token, to be shown once; empty: no such user */
    public synchronized Optional<String> addToken(String user) {
        String token = Passwords.random();
        return change(user, account -> {
            List<String> tokens = new ArrayList<>(account.tokens());
            tokens.add(Passwords.sha256(token));
            return new Account(account.visitor(), account.password(), account.mustChange(), tokens);
        }) ? Optional.of(token) : Optional.empty();
    }

    synchronized boolean changePassword(String user, String password) {
        String hash = Passwords.hash(password);
        return change(user, account -> account.withPassword(hash));
    }

    private boolean change(String user, UnaryOperator<Account> how) {
        List<Account> all = read();
        write(all.stream().map(account -> account.user().equals(user) ? how.apply(account) : account).toList());
        return all.stream().anyMatch(account -> account.user().equals(user));
    }

    Optional<Account> find(String user) {
        return read().stream().filter(account -> account.user().equals(user)).findFirst();
    }

    /** Whose token it is. @param hash its SHA-256 */
    Optional<Account> ofToken(String hash) {
        return read().stream().filter(account -> account.tokens().contains(hash)).findFirst();
    }

    private synchronized List<Account> read() {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromString(Files.readString(file));
        } catch (IOException | YamlEngineException e) {
            throw new AccountsProblem("accounts in " + file + " cannot be read as YAML; correct or remove the file", e);
        }
        if (!(root instanceof Map<?, ?> map) || !(map.get("accounts") instanceof List<?> list)) {
            throw new AccountsProblem(file + " must hold a list 'accounts:'");
        }
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            accounts.add(account(list.get(i), file + ", account " + (i + 1)));
        }
        if (accounts.stream().map(Account::user).distinct().count() < accounts.size()) {
            throw new AccountsProblem(file + " holds a user twice");
        }
        return accounts;
    }

    private static Account account(Object entry, String where) {
        if (!(entry instanceof Map<?, ?> map) || !KEYS.containsAll(map.keySet())) {
            throw new AccountsProblem(where + " must have the keys " + String.join(", ", new TreeSet<>(KEYS)) + " and no others");
        }
        try {
            Visitor visitor = new Visitor(text(map, "user"), Role.valueOf(text(map, "role").toUpperCase(Locale.ROOT)), Set.copyOf(texts(map, "teams")),
                    text(map, "patient"));
            return new Account(visitor, text(map, "password"), Boolean.TRUE.equals(map.get("must-change")), texts(map, "tokens"));
        } catch (IllegalArgumentException e) {
            throw new AccountsProblem(where + ": " + e.getMessage(), e);
        }
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : String.valueOf(value);
    }

    private static List<String> texts(Map<?, ?> map, String key) {
        return map.get(key) instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    /** Whole or not at all. */
    private void write(List<Account> accounts) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Account account : accounts) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("user", account.user());
            entry.put("role", account.visitor().role().name());
            entry.put("teams", List.copyOf(new TreeSet<>(account.visitor().teams())));
            entry.put("patient", account.visitor().patient());
            entry.put("password", account.password());
            entry.put("must-change", account.mustChange());
            entry.put("tokens", account.tokens());
            list.add(entry);
        }
        String text = new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build()).dumpToString(Map.of("accounts", list));
        Path folder = file.toAbsolutePath().normalize().getParent();
        try {
            Files.createDirectories(folder);
            Path part = ownersOnly(folder);
            Files.write(part, text.getBytes(StandardCharsets.UTF_8));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AccountsProblem("accounts cannot be written to " + file + ": " + e.getMessage() + "; name another file", e);
        }
    }

    private static Path ownersOnly(Path folder) throws IOException {
        Set<PosixFilePermission> owner = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(folder, "accounts", ".part", PosixFilePermissions.asFileAttribute(owner))
                : Files.createTempFile(folder, "accounts", ".part");
    }
}
