package io.vitaltwin.alerts.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Counts sign-ins that failed: five within five minutes for one account from one address, and fifty for one address. Project defaults, no source. Safe for several threads. */
final class Attempts {

    static final int ALLOWED = 5;
    static final int ALLOWED_PER_ADDRESS = 50;
    static final Duration WINDOW = Duration.ofMinutes(5);
    /** Who is not remembered any more may try again: memory stays bounded whatever names are tried. */
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > REMEMBERED;
        }
    };

    Attempts(InstantSource clock) {
        this.clock = clock;
    }

    /** @return seconds to wait; empty: go on */
    synchronized OptionalInt wait(String account, String address) {
        int wait = Math.max(wait(address + "\n" + account, ALLOWED), wait(address, ALLOWED_PER_ADDRESS));
        return wait == 0 ? OptionalInt.empty() : OptionalInt.of(wait);
    }

    private int wait(String key, int allowed) {
        Deque<Instant> its = recent(key);
        if (its.size() < allowed) {
            return 0;
        }
        return (int) Math.max(1, Duration.between(clock.instant(), its.getFirst().plus(WINDOW)).toSeconds());
    }

    private Deque<Instant> recent(String key) {
        Deque<Instant> its = failures.getOrDefault(key, new ArrayDeque<>());
        Instant since = clock.instant().minus(WINDOW);
        while (!its.isEmpty() && !its.getFirst().isAfter(since)) {
            its.removeFirst();
        }
        return its;
    }

    synchronized void failed(String account, String address) {
        for (String key : new String[] {address + "\n" + account, address}) {
            Deque<Instant> its = recent(key);
            its.addLast(clock.instant());
            if (its.size() > ALLOWED_PER_ADDRESS) {
                its.removeFirst();
            }
            failures.put(key, its);
        }
    }

    synchronized void succeeded(String account, String address) {
        failures.remove(address + "\n" + account);
    }
}
