package io.vitaltwin.schemas.privacy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A vault in a folder, which must not lie in, or be backed up with, the data that its keys open. Per patient two small files:
 *
 * <ul>
 * <li>{@code keys/DIGITS-OF-ALIAS.key}: version, the wrapped key, the patient's id sealed under it. A destroyed one is overwritten with zeros
 * and renamed to {@code .gone}.
 * <li>{@code names/HMAC-OF-PATIENT}: version and alias; the version alone once the key is destroyed. Without the master key the name of the
 * file says nothing.
 * </ul>
 *
 * <p>Making and destroying is done under a lock on {@code lock}, by one process at a time, in an order that a crash cannot turn into a second
 * key for a patient or a key that comes back: a key is there before its name is, and destroyed before its name is cleared.
 */
public final class FileKeyVault implements KeyVault {

    private static final byte VERSION = 1;
    private static final String KEYS = "keys";
    private static final String NAMES = "names";
    private static final HexFormat HEX = HexFormat.of();
    private static final String CHECKED = "vitaltwin vault";
    /** File locks are held by a whole JVM; its threads take turns here. */
    private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

    private final Path folder;
    private final MasterKey master;
    private final KeyCache cache;
    private final SecureRandom random = new SecureRandom();

    private FileKeyVault(Path folder, MasterKey master, LongSupplier nanos) {
        this.folder = folder;
        this.master = master;
        this.cache = new KeyCache(this::destroyedCount, nanos);
    }

    /**
     * Opens the vault of a folder, or makes one.
     *
     * @param masterKeyFile where the master key is; null: {@code master.key} in the folder, made when the vault is new
     * @throws VaultProblem when the folder cannot be written, the master key is missing or is that of another vault
     */
    public static FileKeyVault open(Path folder, @Nullable Path masterKeyFile) {
        return open(folder, masterKeyFile, System::nanoTime);
    }

    static FileKeyVault open(Path folder, @Nullable Path masterKeyFile, LongSupplier nanos) {
        try {
            for (String inside : new String[] {KEYS, NAMES}) {
                PrivateFiles.createFolders(folder);
                PrivateFiles.createFolders(folder.resolve(inside));
            }
        } catch (IOException e) {
            throw problem("the vault of keys cannot be made in " + folder, e);
        }
        return locked(folder, () -> {
            Path check = folder.resolve("vault");
            boolean isNew = !Files.exists(check);
            Path masterFile = masterKeyFile == null ? folder.resolve("master.key") : masterKeyFile;
            MasterKey master = MasterKey.of(masterFile, isNew && masterKeyFile == null);
            byte[] expected = HEX.formatHex(master.hidden(CHECKED)).getBytes(StandardCharsets.US_ASCII);
            if (isNew) {
                PrivateFiles.create(check, expected);
            } else if (!MessageDigest.isEqual(expected, Files.readAllBytes(check))) {
                throw new VaultProblem("the master key " + masterFile + " does not belong to the vault " + folder + "; give the one that made it");
            }
            return new FileKeyVault(folder, master, nanos);
        });
    }

    @Override
    public PatientKey keyOf(String patient) {
        Optional<PatientKey> there = find(patient);
        return there.isPresent() ? there.get() : locked(folder, () -> find(patient).orElseGet(() -> create(patient)));
    }

    @Override
    public Optional<PatientKey> find(String patient) {
        byte[] name = read(nameFile(patient));
        if (name == null) {
            return Optional.empty();
        }
        return switch (byAlias(aliasIn(name))) {
            case Found.Key found -> Optional.of(found.key());
            case Found.Erased erased -> throw new PatientErased();
            case Found.Unknown unknown -> throw new VaultProblem("the vault " + folder + " has a name without its key: put back what was removed, "
                    + "or what was sealed with it stays unreadable");
        };
    }

    /** @throws PatientErased when the name was cleared */
    private Alias aliasIn(byte[] name) {
        if (name.length == 1) {
            throw new PatientErased();
        }
        if (name.length != 1 + Alias.BYTES || name[0] != VERSION) {
            throw new VaultProblem("a name in the vault " + folder + " was changed, or written by a newer version of this program");
        }
        return Alias.of(name, 1);
    }

    @Override
    public Found byAlias(Alias alias) {
        PatientKey cached = cache.get(alias);
        if (cached != null) {
            return new Found.Key(cached);
        }
        byte[] content = read(keyFile(alias));
        if (content == null) {
            return Files.exists(goneFile(alias)) ? new Found.Erased() : new Found.Unknown();
        }
        if (isOverwritten(content)) {
            return new Found.Erased();
        }
        PatientKey key = new PatientKey(alias, secret(content));
        cache.put(key);
        return new Found.Key(key);
    }

    @Override
    public Optional<String> patientOf(Alias alias) {
        byte[] content = read(keyFile(alias));
        if (content == null || isOverwritten(content)) {
            return Optional.empty();
        }
        byte[] sealed = Arrays.copyOfRange(content, 1 + MasterKey.WRAPPED, content.length);
        byte[] name = Envelope.isEnvelope(sealed) ? Envelope.open(NAMES, secret(content), sealed) : null;
        if (name == null) {
            throw changed();
        }
        return Optional.of(new String(name, StandardCharsets.UTF_8));
    }

    @Override
    public void destroy(String patient) {
        locked(folder, () -> {
            byte[] name = read(nameFile(patient));
            if (name == null) {
                throw new VaultProblem("this patient has no key in " + folder + ": nothing was ever sealed for that pseudonym");
            }
            if (name.length == 1 + Alias.BYTES) {
                destroyKey(aliasIn(name));
                PrivateFiles.overwrite(nameFile(patient));
            }
            PrivateFiles.create(nameFile(patient), new byte[] {VERSION});
            count();
            cache.clear();
            return true;
        });
    }

    private void destroyKey(Alias alias) throws IOException {
        Path file = keyFile(alias);
        if (Files.exists(file)) {
            PrivateFiles.overwrite(file);
            Files.move(file, goneFile(alias), StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.force(folder.resolve(KEYS));
        }
    }

    /** Under the lock. */
    private PatientKey create(String patient) {
        Alias alias = Alias.random(random);
        byte[] secret = new byte[MasterKey.BYTES];
        random.nextBytes(secret);
        PatientKey key = new PatientKey(alias, new SecretKeySpec(secret, "AES"));
        byte[] wrapped = master.wrap(key.secret());
        byte[] sealed = Envelope.seal(NAMES, alias, key.secret(), patient.getBytes(StandardCharsets.UTF_8));
        try {
            PrivateFiles.create(keyFile(alias),
                    ByteBuffer.allocate(1 + wrapped.length + sealed.length).put(VERSION).put(wrapped).put(sealed).array());
            PrivateFiles.create(nameFile(patient), ByteBuffer.allocate(1 + Alias.BYTES).put(VERSION).put(alias.bytes()).array());
        } catch (IOException e) {
            throw problem("a key cannot be written to " + folder, e);
        }
        cache.put(key);
        return key;
    }

    private SecretKey secret(byte[] content) {
        if (content[0] != VERSION || content.length < 1 + MasterKey.WRAPPED) {
            throw changed();
        }
        try {
            return master.unwrap(Arrays.copyOfRange(content, 1, 1 + MasterKey.WRAPPED));
        } catch (GeneralSecurityException e) {
            throw changed(); // what it says may tell of the key
        }
    }

    private VaultProblem changed() {
        return new VaultProblem("a key in the vault " + folder + " was changed, or wrapped by another master key; put it back from the backup of the vault");
    }

    private static boolean isOverwritten(byte[] content) {
        for (byte one : content) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private Path keyFile(Alias alias) {
        return folder.resolve(KEYS).resolve(alias.digits() + ".key");
    }

    private Path goneFile(Alias alias) {
        return folder.resolve(KEYS).resolve(alias.digits() + ".gone");
    }

    private Path nameFile(String patient) {
        return folder.resolve(NAMES).resolve(HEX.formatHex(master.hidden(patient)));
    }

    private long destroyedCount() {
        try {
            return Files.size(folder.resolve("destroyed"));
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw problem("the vault of keys " + folder + " cannot be read", e);
        }
    }

    private void count() throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve("destroyed"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(new byte[] {VERSION}));
            channel.force(true);
        }
    }

    private byte @Nullable [] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw problem("the vault of keys " + folder + " cannot be read", e);
        }
    }

    /** What is done by one process at a time. */
    private interface Step<T> {

        T run() throws IOException;
    }

    private static <T> T locked(Path folder, Step<T> step) {
        IN_THIS_JVM.lock();
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // given back with the channel
            return step.run();
        } catch (IOException e) {
            throw problem("the vault of keys " + folder + " cannot be written", e);
        } finally {
            IN_THIS_JVM.unlock();
        }
    }

    private static VaultProblem problem(String what, IOException cause) {
        return new VaultProblem(what + " (" + cause.getClass().getSimpleName() + "); check that the folder is there and who owns it", cause);
    }
}
