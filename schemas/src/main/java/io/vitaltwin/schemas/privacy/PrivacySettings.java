package io.vitaltwin.schemas.privacy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * That records are sealed, and where the keys are.
 *
 * @param keys folder of the vault, apart from the data folder
 * @param masterKeyFile empty: {@code master.key} in the vault itself
 */
public record PrivacySettings(Path keys, Optional<Path> masterKeyFile) {

    /** A vault with its master key inside. */
    public static PrivacySettings in(Path keys) {
        return new PrivacySettings(keys, Optional.empty());
    }

    /** Opens the vault, or makes it. @throws VaultProblem as {@link FileKeyVault#open} */
    public KeyVault open() {
        return FileKeyVault.open(keys, masterKeyFile.orElse(null));
    }
}
