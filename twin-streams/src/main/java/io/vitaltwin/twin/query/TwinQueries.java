package io.vitaltwin.twin.query;

import io.vitaltwin.schemas.TwinSnapshot;
import io.vitaltwin.schemas.privacy.PatientErased;
import io.vitaltwin.schemas.privacy.Privacy;
import io.vitaltwin.twin.adapter.disclosure.DisclosureFailed;
import io.vitaltwin.twin.adapter.disclosure.Item;
import io.vitaltwin.twin.adapter.disclosure.Offers;
import io.vitaltwin.twin.core.disclosure.Viewer;
import io.vitaltwin.twin.query.TwinSource.Found;
import io.vitaltwin.twin.query.TwinSource.Place;
import io.vitaltwin.twin.topology.StoredTwins;
import io.vitaltwin.twin.topology.StoredTwins.Stored;
import io.vitaltwin.twin.topology.StoredTwins.Told;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds who has a twin, reads it there, and shows it to whoever may see it. Safe for several threads. */
final class TwinQueries {

    /** A patient's twin that is here. @param patient as people know the patient @param key as topics name the patient */
    record Here(String patient, String key, int partition, Stored stored, TwinJson.Role role) {
    }

    private final TwinSource source;
    private final StoredTwins stores;
    private final GateDesk gates;
    private final Privacy privacy;

    TwinQueries(TwinSource source, StoredTwins stores, GateDesk gates, Privacy privacy) {
        this.source = source;
        this.stores = stores;
        this.gates = gates;
        this.privacy = privacy;
    }

    Instance self() {
        return source.self();
    }

    /**
     * Answers here or lets another instance answer.
     *
     * @param asked by another instance: which store it wants; empty: asked by a user
     * @param here answers with what is found here
     * @param elsewhere asks another instance; empty when it does not answer
     * @throws Problem 404 and 503
     */
    <A> A route(String patient, Optional<TwinJson.Role> asked, Function<Here, A> here, Elsewhere<A> elsewhere) {
        String key = key(patient);
        Place place = source.place(key).orElseThrow(() -> Problem.later("the application is starting, or its partitions are being handed over"));
        if (asked.isPresent()) {
            boolean active = asked.get() == TwinJson.Role.ACTIVE;
            return here.apply(found(patient, key, place.partition(), asked.get(), active ? source.active(key, place.partition()) : source.standby(key, place.partition()))
                    .orElseThrow(TwinQueries::restoring));
        }
        boolean mine = place.active().equals(source.self());
        Optional<A> answer = mine ? found(patient, key, place.partition(), TwinJson.Role.ACTIVE, source.active(key, place.partition())).map(here)
                : elsewhere.ask(place.active(), TwinJson.Role.ACTIVE);
        return answer.or(() -> fromStandby(patient, key, place, here, elsewhere)).orElseThrow(TwinQueries::restoring);
    }

    @FunctionalInterface
    interface Elsewhere<A> {

        Optional<A> ask(Instance instance, TwinJson.Role role);
    }

    private <A> Optional<A> fromStandby(String patient, String key, Place place, Function<Here, A> here, Elsewhere<A> elsewhere) {
        if (place.standbys().contains(source.self())) {
            return found(patient, key, place.partition(), TwinJson.Role.STANDBY, source.standby(key, place.partition())).map(here);
        }
        return place.standbys().stream().filter(instance -> !instance.equals(place.active()))
                .flatMap(instance -> elsewhere.ask(instance, TwinJson.Role.STANDBY).stream()).findFirst();
    }

    private static Optional<Here> found(String patient, String key, int partition, TwinJson.Role role, Found found) {
        return switch (found) {
            case Found.Twin twin -> Optional.of(new Here(patient, key, partition, twin.stored(), role));
            case Found.Nobody nobody -> throw Problem.unknown();
            case Found.Unavailable unavailable -> Optional.empty();
        };
    }

    private static Problem restoring() {
        return Problem.later("the twin is being moved or restored, and no instance that follows it answers");
    }

    /** The twin as it stands here now; nobody has asked consent yet. */
    Told tell(Here here) {
        return tell(here.key(), here.partition(), here.stored(), here.role() == TwinJson.Role.ACTIVE ? source.streamMillis(here.partition()) : 0);
    }

    Told tell(String key, int partition, Stored stored, long streamMillis) {
        Told told = stores.tell(key, partition, stored, streamMillis);
        privacy.show(told.snapshot());
        return told;
    }

    /** The same twin a moment later; empty when it is no longer here. @throws Problem 404 if the patient was forgotten */
    Optional<Here> again(Here before) {
        return found(before.patient(), before.key(), before.partition(), before.role(), before.role() == TwinJson.Role.ACTIVE
                ? source.active(before.key(), before.partition()) : source.standby(before.key(), before.partition()));
    }

    /** @throws Problem 403 if the viewer may not see it */
    void requireShown(Viewer viewer, String patient, Told told) {
        if (pass(viewer, List.of(item(patient, told, told))).isEmpty()) {
            throw Problem.denied();
        }
    }

    static <T> Item<T> item(String patient, Told told, T content) {
        TwinSnapshot twin = told.snapshot();
        long append = twin.getAppendTime().toEpochMilli();
        return new Item<>(patient, append, Offers.of(patient, twin, append), content);
    }

    <T> List<T> pass(Viewer viewer, List<Item<T>> items) {
        return pass(viewer, GateDesk.Lane.SINGLE, items);
    }

    /** @throws Problem 503 if consent could not be asked or the disclosure not written */
    <T> List<T> pass(Viewer viewer, GateDesk.Lane lane, List<Item<T>> items) {
        try {
            return gates.pass(viewer, lane, items);
        } catch (DisclosureFailed e) {
            throw Problem.later("consent cannot be asked, or the disclosure cannot be written down: so nothing is shown");
        }
    }

    Listing.Part part(String after, int most, String filter) {
        Filter wanted = Filter.of(filter);
        return Listing.part(source, after, most, hit -> wanted.takes(stores.tell(hit.patient(), hit.partition(), hit.stored(), hit.streamMillis())));
    }

    /** What each instance has after this name. @throws Problem 503 if a partition is missing */
    List<Listing.Part> parts(String after, int most, String filter, @Nullable String secret, Peers peers) {
        List<Listing.Part> parts = new ArrayList<>();
        parts.add(part(after, most, filter));
        for (Instance other : source.instances()) {
            if (!other.equals(source.self())) {
                if (secret == null) {
                    throw Problem.later("a list asks all instances, and the tokens file names no peer secret for that");
                }
                peers.list(other, secret, after, most, filter).ifPresent(parts::add);
            }
        }
        Set<Integer> missing = new HashSet<>(source.partitions());
        parts.forEach(part -> missing.removeAll(part.partitions()));
        if (!missing.isEmpty() || source.partitions().isEmpty()) {
            throw Problem.later("some partitions are being moved or restored: a list without them would not be whole");
        }
        return parts;
    }

    /** As people know the patient. */
    String name(String key) {
        return privacy.toPeople(key);
    }

    private String key(String patient) {
        try {
            return privacy.onTopics(patient);
        } catch (PatientErased e) {
            throw Problem.unknown();
        }
    }
}
