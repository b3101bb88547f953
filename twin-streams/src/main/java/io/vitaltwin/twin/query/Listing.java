package io.vitaltwin.twin.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitaltwin.twin.query.TwinSource.Row;
import io.vitaltwin.twin.query.TwinSource.Scan;
import io.vitaltwin.twin.topology.StoredTwins.Stored;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One page of twins out of what several processes hold, in one order. Pure, but for the stores that {@link #part} looks through. */
final class Listing {

    /** Twins that one call looks through in one process: some tenths of a second. A page may so be short, or empty, and yet have a next. */
    static final int MOST_LOOKED_THROUGH = 5_000;
    private static final int BLOCK = 500;

    /** A twin that passed the filter. @param streamMillis stream time where it is */
    record Hit(String patient, int partition, Stored stored, long streamMillis) {
    }

    /**
     * What one process found after some name.
     *
     * @param hits in order, all that pass the filter up to {@code lookedThroughTo}
     * @param lookedThroughTo nothing beyond this name is known; without meaning when ended
     * @param ended nothing comes after it
     */
    record Part(List<Hit> hits, Set<Integer> partitions, String lookedThroughTo, boolean ended) {

        Part {
            hits = List.copyOf(hits);
            partitions = Set.copyOf(partitions);
        }
    }

    /** @param next after which name the next page begins; empty: there is none */
    record Page(List<Hit> hits, Optional<String> next) {
    }

    private Listing() {
    }

    static Part part(TwinSource source, String after, int most, Predicate<Hit> wanted) {
        List<Hit> hits = new ArrayList<>();
        Set<Integer> partitions = new HashSet<>();
        String at = after;
        for (int looked = 0; looked < MOST_LOOKED_THROUGH && hits.size() < most; looked += BLOCK) {
            Scan scan = source.scan(at, BLOCK);
            partitions.addAll(scan.partitions());
            for (Row row : scan.rows()) {
                Hit hit = new Hit(row.patient(), row.partition(), row.stored(), source.streamMillis(row.partition()));
                if (wanted.test(hit)) {
                    hits.add(hit);
                }
                at = row.patient();
            }
            if (scan.ended()) {
                return new Part(hits, partitions, at, true);
            }
        }
        return new Part(hits, partitions, at, false);
    }

    /** The first of all that are certain to be complete. */
    static Page merge(List<Part> parts, int most) {
        Optional<String> horizon = parts.stream().filter(part -> !part.ended()).map(Part::lookedThroughTo).min(StreamsSource.BYTES);
        List<Hit> known = parts.stream().flatMap(part -> part.hits().stream())
                .filter(hit -> horizon.isEmpty() || StreamsSource.BYTES.compare(hit.patient(), horizon.get()) <= 0)
                .sorted(Comparator.comparing(Hit::patient, StreamsSource.BYTES)).toList();
        if (known.size() > most) {
            return new Page(known.subList(0, most), Optional.of(known.get(most - 1).patient()));
        }
        return new Page(known, horizon);
    }

    /** For another process of the application. */
    static ObjectNode json(Part part) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("lookedThroughTo", part.lookedThroughTo()).put("ended", part.ended());
        ArrayNode partitions = node.putArray("partitions");
        part.partitions().forEach(partitions::add);
        ArrayNode hits = node.putArray("hits");
        for (Hit hit : part.hits()) {
            ObjectNode one = hits.addObject().put("patient", hit.patient()).put("partition", hit.partition()).put("streamMillis", hit.streamMillis())
                    .put("twin", hit.stored().twin());
            if (hit.stored().plan() != null) {
                one.put("plan", hit.stored().plan());
            }
            if (hit.stored().consents() != null) {
                one.put("consents", hit.stored().consents());
            }
        }
        return node;
    }

    static Part part(JsonNode node) {
        List<Hit> hits = new ArrayList<>();
        node.get("hits").forEach(hit -> hits.add(new Hit(hit.get("patient").asText(), hit.get("partition").asInt(),
                new Stored(bytes(hit.get("twin")), bytesOrNull(hit.get("plan")), bytesOrNull(hit.get("consents"))), hit.get("streamMillis").asLong())));
        Set<Integer> partitions = new HashSet<>();
        node.get("partitions").forEach(partition -> partitions.add(partition.asInt()));
        return new Part(hits, partitions, node.get("lookedThroughTo").asText(), node.get("ended").asBoolean());
    }

    private static byte @Nullable [] bytesOrNull(@Nullable JsonNode node) {
        return node == null ? null : bytes(node);
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return node.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException("another instance answered what is no part of a list", e);
        }
    }
}
