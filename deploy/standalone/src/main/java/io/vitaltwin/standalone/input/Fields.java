package io.vitaltwin.standalone.input;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The keys of one object, each taken once. What nobody took is unknown, and an unknown key is an error: most are misspelt. */
final class Fields {

    private final Item owner;
    private final Map<String, Item> left;
    private final TreeSet<String> known = new TreeSet<>();

    Fields(Item owner, Map<String, Item> entries) {
        this.owner = owner;
        this.left = new LinkedHashMap<>(entries);
    }

    /** The value under the first of these names that is there; a null value counts as absent. */
    Optional<Item> take(String... names) {
        Optional<Item> found = Optional.empty();
        for (String name : names) {
            known.add(name);
            Item item = left.remove(name);
            if (item != null && !item.isNull()) {
                if (found.isPresent()) {
                    throw item.problem("'" + name + "' says the same as another key; keep one of " + String.join(", ", names));
                }
                found = Optional.of(item);
            }
        }
        return found;
    }

    Item need(String... names) {
        return take(names).orElseThrow(() -> owner.problem("'" + names[0] + "' is missing"));
    }

    void ifThere(String name, Consumer<Item> use) {
        take(name).ifPresent(use);
    }

    Item owner() {
        return owner;
    }

    /** @throws InputException if a key was not taken */
    void end() {
        left.forEach((name, item) -> {
            throw item.problem("unknown key '" + name + "'; known here: " + String.join(", ", known));
        });
    }
}
