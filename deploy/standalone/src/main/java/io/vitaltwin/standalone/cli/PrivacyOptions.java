package io.vitaltwin.standalone.cli;

import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.schemas.privacy.PrivacySettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/** Whether records are sealed, and where the patients' keys are. */
final class PrivacyOptions {

    @Option(names = "--encryption", paramLabel = "on|off", defaultValue = "${env:VITALTWIN_ENCRYPTION:-off}",
            description = "Seal records under a key for each patient. Default: ${DEFAULT-VALUE}.")
    private String encryption = "off";

    @Option(names = "--keys", paramLabel = "DIR", defaultValue = "${env:VITALTWIN_KEYS}",
            description = "Folder of the patients' keys, apart from the data.")
    private @Nullable Path keys;

    @Option(names = "--master-key-file", paramLabel = "FILE", defaultValue = "${env:VITALTWIN_MASTER_KEY_FILE}",
            description = "Key over all keys: 64 hexadecimal digits. Default: master.key in the folder of keys, made when that is new.")
    private @Nullable Path masterKeyFile;

    private @Nullable Privacy privacy;

    static PrivacyOptions of(Optional<PrivacySettings> settings) {
        PrivacyOptions options = new PrivacyOptions();
        settings.ifPresent(given -> {
            options.encryption = "on";
            options.keys = given.keys();
            options.masterKeyFile = given.masterKeyFile().orElse(null);
        });
        return options;
    }

    /** Opened once. @throws CliException if the options cannot be used */
    Privacy privacy() {
        if (privacy == null) {
            privacy = settings().map(settings -> Privacy.on(settings.open())).orElseGet(Privacy::off);
        }
        return privacy;
    }

    /** Empty while encryption is off. @throws CliException if the options cannot be used */
    Optional<PrivacySettings> settings() {
        return settings(encryption, Optional.ofNullable(keys), Optional.ofNullable(masterKeyFile), "--encryption", "--keys");
    }

    /**
     * A folder of keys without encryption is refused: whoever names one does not expect records in the clear.
     *
     * @throws CliException naming the setting that cannot be used
     */
    static Optional<PrivacySettings> settings(String encryption, Optional<Path> keys, Optional<Path> masterKeyFile, String name, String keysName) {
        return switch (encryption) {
            case "on" -> Optional.of(new PrivacySettings(
                    keys.orElseThrow(() -> CliException.wrongCall(name + " on needs " + keysName + ", a folder apart from the data")), masterKeyFile));
            case "off" -> {
                if (keys.isPresent() || masterKeyFile.isPresent()) {
                    throw CliException.wrongCall(keysName + " is given but " + name + " is off; say " + name + " on, or leave out where the keys are");
                }
                yield Optional.empty();
            }
            default -> throw CliException.wrongCall(name + " must be on or off, found " + encryption);
        };
    }
}
