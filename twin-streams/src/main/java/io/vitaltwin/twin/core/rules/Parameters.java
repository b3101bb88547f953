package io.vitaltwin.twin.core.rules;

import org.jspecify.annotations.Nullable;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A rule's parameters by name, in thousandths. Immutable. There are few of them and they are asked several times for each reading, mostly by the
 * very text that they were made with: looking at one after the other is quicker than any hashing.
 */
final class Parameters extends AbstractMap<String, Long> {

    private final String[] names;
    private final Long[] values;

    private Parameters(String[] names, Long[] values) {
        this.names = names;
        this.values = values;
    }

    static Map<String, Long> copyOf(Map<String, Long> from) {
        String[] names = from.keySet().stream().map(String::intern).sorted().toArray(String[]::new);
        Long[] values = new Long[names.length];
        for (int i = 0; i < names.length; i++) {
            Long value = from.get(names[i]);
            if (value == null) {
                throw new IllegalArgumentException("parameter " + names[i] + " has no value");
            }
            values[i] = value;
        }
        return new Parameters(names, values);
    }

    @Override
    public @Nullable Long get(@Nullable Object name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == name) {
                return values[i];
            }
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, Long>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Long>> iterator() {
                return IntStream.range(0, names.length).mapToObj(i -> Map.entry(names[i], values[i])).iterator();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }
}
