package io.vitaltwin.alerts.delivery;

import io.vitaltwin.schemas.Lane;
import io.vitaltwin.schemas.Priority;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How people and groups are reached. Immutable. */
public final class Contacts {

    /**
     * One person, system or group.
     *
     * @param members of a group: each is told in its own ways; empty for a person
     * @param contacts its own ways
     */
    public record Entry(List<String> members, List<Contact> contacts) {

        public Entry {
            members = List.copyOf(members);
            contacts = List.copyOf(contacts);
        }
    }

    /** @param recipient who is reached so: a member where a group was asked for */
    public record Reached(String recipient, Contact contact) {
    }

    private final Map<String, Entry> entries;

    /** @throws IllegalArgumentException if a member has no entry, or a channel occurs twice in one: it must be clear which address is meant */
    public Contacts(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
        this.entries.forEach((name, entry) -> {
            for (String member : entry.members()) {
                if (!this.entries.containsKey(member)) {
                    throw new IllegalArgumentException("member " + member + " of " + name + " has no entry of its own");
                }
            }
            Set<String> channels = new LinkedHashSet<>();
            for (Contact contact : entry.contacts()) {
                if (!channels.add(contact.channel())) {
                    throw new IllegalArgumentException("channel " + contact.channel() + " is named twice for " + name
                            + "; make a group of two entries with one each");
                }
            }
        });
    }

    /** All ways to a recipient and to the members of it, in the order of the lists; each person once, however many groups name it. */
    public List<Reached> of(String recipient) {
        Map<String, Entry> people = new LinkedHashMap<>();
        collect(recipient, people);
        List<Reached> reached = new ArrayList<>();
        people.forEach((name, entry) -> entry.contacts().forEach(contact -> reached.add(new Reached(name, contact))));
        return reached;
    }

    /** Those of {@link #of(String)} that an alert of this kind is told by. */
    public List<Reached> of(String recipient, Priority priority, Lane lane) {
        return of(recipient).stream().filter(reached -> reached.contact().takes(priority, lane)).toList();
    }

    private void collect(String name, Map<String, Entry> people) {
        Entry entry = entries.get(name);
        if (entry != null && people.putIfAbsent(name, entry) == null) {
            entry.members().forEach(member -> collect(member, people));
        }
    }

    /** The recipient's own way by a channel; empty where there is none any more. */
    public Optional<Contact> find(String recipient, String channel) {
        Entry entry = entries.get(recipient);
        return entry == null ? Optional.empty() : entry.contacts().stream().filter(contact -> contact.channel().equals(channel)).findFirst();
    }
}
