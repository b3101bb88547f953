package io.vitaltwin.twin.topology;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** A state store in the heap for whoever folds a log without Kafka Streams. Values are never changed in place by those who read them. */
final class MapStore<K extends Comparable<K>> implements KeyValueStore<K, byte[]> {

    private final String name;
    private final NavigableMap<K, byte[]> entries;

    MapStore(String name) {
        this(name, new TreeMap<>());
    }

    private MapStore(String name, NavigableMap<K, byte[]> entries) {
        this.name = name;
        this.entries = entries;
    }

    /** Another store with what is in this one now. */
    MapStore<K> copy() {
        return new MapStore<>(name, new TreeMap<>(entries));
    }

    @Override
    public void put(K key, byte @Nullable [] value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(K key, byte[] value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<K, byte[]>> all) {
        all.forEach(one -> put(one.key, one.value));
    }

    @Override
    public byte @Nullable [] delete(K key) {
        return entries.remove(key);
    }

    @Override
    public byte @Nullable [] get(K key) {
        return entries.get(key);
    }

    /** Both ends included. */
    @Override
    public KeyValueIterator<K, byte[]> range(K from, K to) {
        return new Entries<>(entries.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<K, byte[]> all() {
        return new Entries<>(entries);
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        throw new IllegalStateException("this store belongs to no topology");
    }

    @Override
    public void close() {
        entries.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private static final class Entries<K> implements KeyValueIterator<K, byte[]> {

        private final Iterator<Map.Entry<K, byte[]>> left;
        private Map.@Nullable Entry<K, byte[]> next;

        Entries(NavigableMap<K, byte[]> entries) {
            this.left = entries.entrySet().iterator();
            advance();
        }

        private void advance() {
            next = left.hasNext() ? left.next() : null;
        }

        private Map.Entry<K, byte[]> current() {
            Map.Entry<K, byte[]> current = next;
            if (current == null) {
                throw new NoSuchElementException("no entry is left");
            }
            return current;
        }

        @Override
        public K peekNextKey() {
            return current().getKey();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyValue<K, byte[]> next() {
            Map.Entry<K, byte[]> entry = current();
            KeyValue<K, byte[]> result = KeyValue.pair(entry.getKey(), entry.getValue());
            advance();
            return result;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
