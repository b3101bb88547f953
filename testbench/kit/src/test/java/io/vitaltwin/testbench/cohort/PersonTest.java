package io.vitaltwin.testbench.cohort;

import io.vitaltwin.twin.core.Grade;
import io.vitaltwin.twin.core.Vital;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Many people, and what they have in common. */
class PersonTest {

    private static final long SEED = 7;
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final List<Person> PEOPLE = IntStream.range(0, 10_000).mapToObj(number -> Person.draw(SEED, number, DAY)).toList();

    /** CR 7.1: mean 65, SD 7.7, 40 to 109. */
    @Test
    void shouldHaveTheRestingPulseOfPeople() {
        double mean = PEOPLE.stream().mapToDouble(person -> person.usual().pulse()).average().orElseThrow();
        double variance = PEOPLE.stream().mapToDouble(person -> Math.pow(person.usual().pulse() - mean, 2)).average().orElseThrow();
        assertThat(mean).isCloseTo(65, within(0.4));
        assertThat(Math.sqrt(variance)).isCloseTo(7.7, within(0.3));
        assertThat(PEOPLE).allMatch(person -> person.usual().pulse() >= 40 && person.usual().pulse() <= 109);
    }

    @Test
    void shouldBeBetween18And95YearsOldOnTheFirstDay() {
        assertThat(PEOPLE).allSatisfy(person -> {
            assertThat(person.age()).isBetween(18, 95);
            assertThat(ChronoUnit.YEARS.between(person.birthDate(), DAY)).isEqualTo(person.age());
        });
    }

    @Test
    void shouldDeteriorateOneInEachTen() {
        for (int ten = 0; ten < PEOPLE.size() / 10; ten++) {
            assertThat(PEOPLE.subList(10 * ten, 10 * ten + 10)).filteredOn(Person::deteriorating).hasSize(1);
        }
        assertThat(PEOPLE.stream().filter(Person::deteriorating).map(person -> person.number() % 10).distinct()).hasSize(10);
    }

    @Test
    void shouldBeIllAlikeInAllGroups() {
        for (Person.Condition condition : Person.Condition.values()) {
            double all = share(person -> true, condition);
            assertThat(share(person -> person.sex() == Person.Sex.FEMALE, condition)).isCloseTo(all, within(0.02));
            assertThat(share(person -> person.skinTone() == Person.SkinTone.DARK, condition)).isCloseTo(all, within(0.03));
            assertThat(share(person -> person.age() >= 80, condition)).isCloseTo(all, within(0.03));
            assertThat(share(Person::deteriorating, condition)).isCloseTo(all, within(0.04));
        }
    }

    @Test
    void shouldRecordTheSkinToneOfMostAndNoneOfSome() {
        assertThat(PEOPLE).filteredOn(person -> person.recordedTone().equals(Person.EMPTY)).hasSizeBetween(1_300, 1_700);
        assertThat(PEOPLE).filteredOn(person -> person.recordedTone().equals("unknown")).hasSizeBetween(1_300, 1_700);
        assertThat(PEOPLE).filteredOn(person -> person.recordedTone().equals("dark")).isNotEmpty()
                .allMatch(person -> person.skinTone() == Person.SkinTone.DARK);
    }

    @Test
    void shouldBeGivenDevicesOfAnyGradeWhoeverTheyAre() {
        for (Person.SkinTone tone : Person.SkinTone.values()) {
            List<Person> people = PEOPLE.stream().filter(person -> person.skinTone() == tone && !person.ward()).toList();
            long consumer = people.stream().filter(person -> Equipment.draw(SEED, person).grade() == Grade.CONSUMER).count();
            assertThat((double) consumer / people.size()).isCloseTo(0.5, within(0.04));
        }
    }

    @Test
    void shouldMeasureTheSameVitalsWithEveryGrade() {
        assertThat(PEOPLE).filteredOn(person -> !person.ward()).allSatisfy(person -> {
            List<Vital> vitals = Equipment.draw(SEED, person).devices().stream().flatMap(device -> device.vitals().stream()).toList();
            assertThat(vitals).contains(Vital.HEART_RATE, Vital.SPO2).doesNotHaveDuplicates();
            assertThat(vitals.contains(Vital.BODY_WEIGHT)).isEqualTo(person.has(Person.Condition.HEART_FAILURE));
            assertThat(vitals.contains(Vital.BP_SYSTOLIC)).isEqualTo(person.has(Person.Condition.HYPERTENSION));
            assertThat(vitals.contains(Vital.GLUCOSE_INTERSTITIAL)).isEqualTo(person.has(Person.Condition.DIABETES));
        });
    }

    @Test
    void shouldWatchAPrescribedSaturationWithAMedicalDevice() {
        assertThat(PEOPLE).filteredOn(person -> person.has(Person.Condition.HYPERCAPNIA)).isNotEmpty().allSatisfy(person ->
                assertThat(Equipment.draw(SEED, person).devices()).filteredOn(device -> device.vitals().contains(Vital.SPO2))
                        .isNotEmpty().allMatch(device -> device.grade() != Grade.CONSUMER));
    }

    private static double share(Predicate<Person> group, Person.Condition condition) {
        List<Person> members = PEOPLE.stream().filter(group).toList();
        return (double) members.stream().filter(person -> person.has(condition)).count() / members.size();
    }
}
