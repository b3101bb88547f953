package io.vitaltwin.twin.query;

import io.vitaltwin.twin.query.Listing.Hit;
import io.vitaltwin.twin.query.Listing.Page;
import io.vitaltwin.twin.query.Listing.Part;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class ListingTest {

    private static Hit hit(String patient) {
        return new Hit(patient, 0, Twins.spo2(96), 5);
    }

    private static Part part(String to, boolean ended, String... patients) {
        return new Part(Arrays.stream(patients).map(ListingTest::hit).toList(), Set.of(0), to, ended);
    }

    private static List<String> names(Page page) {
        return page.hits().stream().map(Hit::patient).toList();
    }

    @Test
    void shouldPutPartsInOneOrder() {
        Page page = Listing.merge(List.of(part("d", true, "a", "d"), part("c", true, "b", "c")), 10);
        assertThat(names(page)).containsExactly("a", "b", "c", "d");
        assertThat(page.next()).isEmpty();
    }

    @Test
    void shouldNotGoBeyondWhatOneOfThemHasLookedThrough() {
        Page page = Listing.merge(List.of(part("d", true, "a", "d"), part("b", false, "b")), 10);
        assertThat(names(page)).containsExactly("a", "b");
        assertThat(page.next()).contains("b");
    }

    @Test
    void shouldEndAPageThatIsFull() {
        Page page = Listing.merge(List.of(part("c", true, "a", "c"), part("b", true, "b")), 2);
        assertThat(names(page)).containsExactly("a", "b");
        assertThat(page.next()).contains("b");
        assertThat(Listing.merge(List.of(part("c", true, "a", "c"), part("b", true, "b")), 3).next()).isEmpty();
    }

    @Test
    void shouldGoOnThoughNothingWasFound() {
        assertThat(Listing.merge(List.of(part("m", false), part("k", false)), 2)).isEqualTo(new Page(List.of(), Optional.of("k")));
    }

    @Test
    void shouldSurviveTheWayToAnotherInstance() {
        Part part = part("b", false, "a", "b");
        Part back = Listing.part(Listing.json(part));
        assertThat(back.hits()).extracting(Hit::patient, Hit::partition, Hit::streamMillis).containsExactlyElementsOf(
                part.hits().stream().map(one -> org.assertj.core.groups.Tuple.tuple(one.patient(), one.partition(), one.streamMillis())).toList());
        assertThat(back.hits().getFirst().stored().twin()).isEqualTo(part.hits().getFirst().stored().twin());
        assertThat(back.hits().getFirst().stored().plan()).isEqualTo(Twins.plan());
        assertThat(back.hits().getFirst().stored().consents()).isNull();
        assertThat(List.of(back.lookedThroughTo(), back.ended(), back.partitions())).isEqualTo(List.of("b", false, Set.of(0)));
    }

    @Test
    void shouldShowEverybodyOnceWhateverThePages() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 50; round++) {
            List<TreeSet<String>> instances = List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
            TreeSet<String> all = new TreeSet<>();
            for (int i = 0; i < 40; i++) {
                String name = "p" + (1_000 + i);
                instances.get(random.nextInt(3)).add(name);
                all.add(name);
            }
            List<String> seen = new ArrayList<>();
            Optional<String> after = Optional.of("");
            int most = random.nextInt(1, 12);
            while (after.isPresent()) {
                String from = after.get();
                Page page = Listing.merge(instances.stream().map(names -> {
                    List<String> left = names.tailSet(from, false).stream().toList();
                    List<String> taken = left.subList(0, Math.min(most, left.size()));
                    return part(taken.isEmpty() ? from : taken.getLast(), taken.size() == left.size(), taken.toArray(String[]::new));
                }).toList(), most);
                seen.addAll(names(page));
                after = page.next();
            }
            assertThat(seen).as("round %d", round).containsExactlyElementsOf(all);
        }
    }
}
