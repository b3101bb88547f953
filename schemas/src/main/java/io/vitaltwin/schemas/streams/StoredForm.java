package io.vitaltwin.schemas.streams;

import io.vitaltwin.schemas.SchemaProblem;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What an application keeps in one state store, as far as it can tell whether it can read it.
 *
 * @param store name of the store, and of its changelog between application id and {@code -changelog}
 * @param reader takes key and value as they are stored; throws when this program cannot read the value
 */
public record StoredForm(String store, BiConsumer<byte[], byte[]> reader) {

    /** Name of the changelog of an application. */
    public String changelog(String applicationId) {
        return applicationId + "-" + store + "-changelog";
    }

    /** Why this program cannot read an entry, never with anything of its content; empty when it can. */
    public Optional<String> problem(byte[] key, byte[] value) {
        try {
            reader.accept(key, value);
            return Optional.empty();
        } catch (IllegalStateException | SchemaProblem e) {
            return Optional.of(String.valueOf(e.getMessage())); // says which version was found and which are known
        } catch (RuntimeException e) {
            return Optional.of("cannot be decoded (" + e.getClass().getSimpleName() + ")");
        }
    }
}
