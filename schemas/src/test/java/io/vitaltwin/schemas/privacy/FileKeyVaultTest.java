package io.vitaltwin.schemas.privacy;

import io.vitaltwin.schemas.privacy.KeyVault.Found;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Keys that are there for all, are made once, and never come back. */
class FileKeyVaultTest {

    private static final String ANN = "case-771";
    private static final String BEN = "case-772";

    @TempDir
    private Path folder;
    private final AtomicLong nanos = new AtomicLong();
    private FileKeyVault vault;

    @BeforeEach
    void open() {
        vault = FileKeyVault.open(folder.resolve("keys"), null, nanos::get);
    }

    private FileKeyVault again() {
        return FileKeyVault.open(folder.resolve("keys"), null, nanos::get);
    }

    @Test
    void shouldGiveEachPatientOneKeyForEver() {
        PatientKey ann = vault.keyOf(ANN);
        assertThat(vault.keyOf(ANN)).isEqualTo(ann);
        assertThat(again().keyOf(ANN)).isEqualTo(ann);
        assertThat(again().byAlias(ann.alias())).isEqualTo(new Found.Key(ann));
        assertThat(again().patientOf(ann.alias())).contains(ANN);
        assertThat(vault.keyOf(BEN).alias()).isNotEqualTo(ann.alias());
        assertThat(vault.keyOf(BEN).secret()).isNotEqualTo(ann.secret());
    }

    @Test
    void shouldMakeNoKeyWhenOnlyAsked() {
        assertThat(vault.find(ANN)).isEmpty();
        assertThat(vault.find(ANN)).isEmpty();
        assertThat(vault.byAlias(Alias.of("p-0123456789abcdef0123456789abcdef").orElseThrow())).isEqualTo(new Found.Unknown());
    }

    @Test
    void shouldNameNobodyInItsFiles() throws IOException {
        PatientKey key = vault.keyOf(ANN);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).doesNotContain(ANN);
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).doesNotContain(ANN).doesNotContain(new String(key.secret().getEncoded(), StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void shouldLetOnlyTheOwnerReadIt() throws IOException {
        vault.keyOf(ANN);
        try (Stream<Path> files = Files.walk(folder.resolve("keys"))) {
            for (Path file : files.filter(one -> !one.endsWith("lock")).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as(file.toString()).endsWith("------");
            }
        }
        Files.setPosixFilePermissions(folder.resolve("keys/master.key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(this::again).isInstanceOf(VaultProblem.class).hasMessageContaining("chmod 600");
    }

    @Test
    void shouldDestroyForEver() {
        PatientKey ann = vault.keyOf(ANN);
        PatientKey ben = vault.keyOf(BEN);
        vault.destroy(ANN);
        for (FileKeyVault one : List.of(vault, again())) {
            assertThat(one.byAlias(ann.alias())).isEqualTo(new Found.Erased());
            assertThat(one.patientOf(ann.alias())).isEmpty();
            assertThatThrownBy(() -> one.keyOf(ANN)).isInstanceOf(PatientErased.class).hasMessageNotContaining(ANN);
            assertThatThrownBy(() -> one.find(ANN)).isInstanceOf(PatientErased.class);
            assertThat(one.keyOf(BEN)).isEqualTo(ben);
        }
        vault.destroy(ANN);
        assertThatThrownBy(() -> vault.destroy("nobody")).isInstanceOf(VaultProblem.class).hasMessageNotContaining("nobody");
    }

    @Test
    void shouldLeaveNoByteOfTheKey() throws IOException {
        PatientKey ann = vault.keyOf(ANN);
        byte[] stored = Files.readAllBytes(folder.resolve("keys/keys/" + ann.alias().digits() + ".key"));
        vault.destroy(ANN);
        byte[] gone = Files.readAllBytes(folder.resolve("keys/keys/" + ann.alias().digits() + ".gone"));
        assertThat(stored).contains((byte) 1);
        assertThat(gone).hasSameSizeAs(stored).containsOnly(0);
    }

    @Test
    void shouldTellOtherProcessesWithinSeconds() {
        PatientKey ann = vault.keyOf(ANN);
        FileKeyVault other = again();
        assertThat(other.byAlias(ann.alias())).isInstanceOf(Found.Key.class);
        vault.destroy(ANN);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(other.byAlias(ann.alias())).isEqualTo(new Found.Erased());
    }

    /** What a crash leaves: the key is overwritten, nothing else was done. */
    @Test
    void shouldStayErasedWhenDestroyingWasCutShort() throws IOException {
        PatientKey ann = vault.keyOf(ANN);
        PrivateFiles.overwrite(folder.resolve("keys/keys/" + ann.alias().digits() + ".key"));
        FileKeyVault restarted = again();
        assertThat(restarted.byAlias(ann.alias())).isEqualTo(new Found.Erased());
        assertThatThrownBy(() -> restarted.keyOf(ANN)).isInstanceOf(PatientErased.class);
        restarted.destroy(ANN);
        assertThat(again().byAlias(ann.alias())).isEqualTo(new Found.Erased());
    }

    /** What a crash leaves: the key was written, its name was not. */
    @Test
    void shouldMakeAnotherKeyWhenMakingWasCutShort() throws IOException {
        PatientKey ann = vault.keyOf(ANN);
        try (Stream<Path> names = Files.list(folder.resolve("keys/names"))) {
            Files.delete(names.findFirst().orElseThrow());
        }
        assertThat(again().keyOf(ANN).alias()).isNotEqualTo(ann.alias());
    }

    @Test
    void shouldNotMakeASecondKeyForANameWhoseKeyWasTakenAway() throws IOException {
        PatientKey ann = vault.keyOf(ANN);
        Files.delete(folder.resolve("keys/keys/" + ann.alias().digits() + ".key"));
        FileKeyVault restarted = again();
        assertThatThrownBy(() -> restarted.keyOf(ANN)).isInstanceOf(VaultProblem.class).hasMessageContaining("put back");
    }

    @Test
    void shouldRefuseAnotherMasterKey() throws IOException {
        vault.keyOf(ANN);
        Path other = folder.resolve("other.key");
        PrivateFiles.create(other, "ab".repeat(32).getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> FileKeyVault.open(folder.resolve("keys"), other)).isInstanceOf(VaultProblem.class)
                .hasMessageContaining("does not belong");
        Files.delete(folder.resolve("keys/master.key"));
        assertThatThrownBy(this::again).isInstanceOf(VaultProblem.class).hasMessageContaining("there is no master key");
    }

    @Test
    void shouldRefuseAMasterKeyThatIsNone() throws IOException {
        Path file = folder.resolve("short.key");
        PrivateFiles.create(file, "abcdef".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> FileKeyVault.open(folder.resolve("new"), file)).isInstanceOf(VaultProblem.class)
                .hasMessageContaining("64 hexadecimal digits").hasMessageNotContaining("abcdef");
        assertThatThrownBy(() -> FileKeyVault.open(folder.resolve("new"), folder.resolve("none"))).isInstanceOf(VaultProblem.class);
    }

    @Test
    void shouldSayThatAKeyWasChanged() throws IOException {
        PatientKey ann = vault.keyOf(ANN);
        Path file = folder.resolve("keys/keys/" + ann.alias().digits() + ".key");
        byte[] content = Files.readAllBytes(file);
        content[20] ^= 1;
        Files.write(file, content);
        assertThatThrownBy(() -> again().keyOf(ANN)).isInstanceOf(VaultProblem.class).hasMessageContaining("was changed");
    }

    /** Processes of their own, all at once: a file lock must hold between them. */
    @Test
    void shouldMakeOneKeyHoweverManyProcessesAsk() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                    System.getProperty("java.class.path"), Asker.class.getName(), folder.resolve("keys").toString())
                    .redirectOutput(new File(folder.toFile(), "out" + i)).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        }
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            assertThat(processes.get(i).waitFor(60, TimeUnit.SECONDS)).isTrue();
            answers.add(Files.readString(folder.resolve("out" + i)));
        }
        assertThat(answers).allMatch(answer -> answer.lines().count() == 40).containsOnly(answers.getFirst());
    }

    /** Asks for the keys of forty patients, and prints their aliases. */
    static final class Asker {

        private Asker() {
        }

        public static void main(String[] args) {
            FileKeyVault vault = FileKeyVault.open(Path.of(args[0]), null);
            for (int i = 0; i < 40; i++) {
                System.out.println(vault.keyOf("patient-" + i).alias());
            }
        }
    }
}
