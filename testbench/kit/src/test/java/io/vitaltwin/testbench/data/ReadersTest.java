package io.vitaltwin.testbench.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Each reader on a small copy of its set, and on a copy with one damaged line. */
class ReadersTest {

    @TempDir
    private Path folder = Path.of("");

    /** The small copy with one file changed. */
    private Path damaged(DataSet set, String file, UnaryOperator<String> change) throws IOException {
        Path copy = folder.resolve(set.id());
        try (Stream<Path> files = Files.walk(SmallCopies.of(set))) {
            for (Path from : files.toList()) {
                Path to = copy.resolve(SmallCopies.of(set).relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                }
            }
        }
        Path changed = copy.resolve(file);
        Files.writeString(changed, change.apply(Files.readString(changed)));
        return copy;
    }

    @Test
    void shouldReadBedsideNumericsWithBreaths() {
        List<Bidmc.Recording> recordings = Bidmc.read(SmallCopies.of(DataSet.ICU_BIDMC));

        assertThat(recordings).hasSize(1);
        Bidmc.Recording one = recordings.getFirst();
        assertThat(one.ageYears()).isEqualTo(88);
        assertThat(one.seconds()).hasSize(481);
        assertThat(one.seconds().getFirst()).isEqualTo(new Bidmc.Second(0, OptionalLong.of(94_000), OptionalLong.of(93_000), OptionalLong.of(25_000),
                OptionalLong.of(97_000)));
        assertThat(one.breaths1().getFirst()).isEqualTo(189_000 / 125);
        assertThat(one.breaths2()).isSorted();
    }

    @Test
    void shouldRefuseBedsideNumericsOutOfOrder() throws IOException {
        Path copy = damaged(DataSet.ICU_BIDMC, "bidmc_01_Numerics.csv", text -> text.replace("\n5,", "\n3,"));

        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> Bidmc.read(copy))
                .withMessageEndingWith("bidmc_01_Numerics.csv:7: column \"Time [s]\" needs a time after that of the line before");
    }

    @Test
    void shouldNameAMissingFile() throws IOException {
        Path copy = damaged(DataSet.ICU_BIDMC, "bidmc_01_Fix.txt", text -> text.replace("Age: 88", "Age: old"));

        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> Bidmc.read(copy)).withMessageEndingWith("bidmc_01_Fix.txt:6: an age in years is needed");
        Files.delete(copy.resolve("bidmc_01_Fix.txt"));
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> Bidmc.read(copy)).withMessageEndingWith("bidmc_01_Fix.txt: the file is missing");
    }

    @Test
    void shouldKeepTheZerosOfAMonitor() {
        List<WdbNumerics.Minute> minutes = WdbNumerics.read(SmallCopies.of(DataSet.ICU_WDB)).getFirst().minutes();

        assertThat(minutes).hasSize(72);
        assertThat(minutes.getFirst().heartRate()).hasValue(101_300);
        assertThat(minutes.getFirst().pulse()).hasValue(0);
        assertThat(minutes.getFirst().systolic()).isEmpty();
    }

    @Test
    void shouldReadChartedStaysWithTheirOutcome() {
        Mimic3Demo.Content content = Mimic3Demo.read(SmallCopies.of(DataSet.ICU_MIMIC3));

        assertThat(content.rows()).isEqualTo(598);
        assertThat(content.withoutStay()).isZero();
        assertThat(content.stays()).extracting(Mimic3Demo.Stay::id, Mimic3Demo.Stay::died)
                .containsExactly(tuple(231809L, true), tuple(256542L, true), tuple(285369L, false));
        assertThat(content.stays().stream().mapToInt(stay -> stay.charted().size() + stay.marked()).sum()).isEqualTo(598);
        assertThat(content.stays().getFirst().charted()).extracting(Mimic3Demo.Charted::chartMillis).isSorted();
    }

    @Test
    void shouldRefuseAnItemThatNobodyExplains() throws IOException {
        Path copy = damaged(DataSet.ICU_MIMIC3, "items.csv", text -> text.replace("211,\"Heart Rate\",\"carevue\",7396\n", ""));

        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> Mimic3Demo.read(copy))
                .withMessageMatching(".*chartevents_vitals\\.csv:\\d+: column \"itemid\" needs a number that items\\.csv explains");
    }

    @Test
    void shouldLeaveOutWhatANurseMarkedAsWrong() throws IOException {
        Path copy = damaged(DataSet.ICU_MIMIC3, "chartevents_vitals.csv", text -> text.replaceFirst(",0,0,\n", ",0,1,\n"));

        Mimic3Demo.Content content = Mimic3Demo.read(copy);
        int marked = content.stays().stream().mapToInt(Mimic3Demo.Stay::marked).sum();
        int before = Mimic3Demo.read(SmallCopies.of(DataSet.ICU_MIMIC3)).stays().stream().mapToInt(Mimic3Demo.Stay::marked).sum();

        assertThat(marked).isEqualTo(before + 1);
    }

    @Test
    void shouldReadTheFirstTwoDaysOfAStay() {
        List<Physionet2012.Stay> stays = Physionet2012.read(SmallCopies.of(DataSet.ICU_PHYSIONET2012));

        assertThat(stays).extracting(Physionet2012.Stay::id, Physionet2012.Stay::died, Physionet2012.Stay::ageYears)
                .startsWith(tuple("132642", false, 89)).hasSize(3);
        assertThat(stays.getFirst().observations()).contains(new Physionet2012.Observation(11, "HR", 131_000));
    }

    @Test
    void shouldRefuseARecordWithoutOutcomeAndABrokenTime() throws IOException {
        Path without = damaged(DataSet.ICU_PHYSIONET2012, "Outcomes-a.txt", text -> text.replace("132642,", "1,"));
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> Physionet2012.read(without))
                .withMessageEndingWith("132642.txt: has no line in Outcomes-a.txt");
        Files.writeString(without.resolve("Outcomes-a.txt"), Files.readString(SmallCopies.of(DataSet.ICU_PHYSIONET2012).resolve("Outcomes-a.txt")));
        Path record = without.resolve("set-a/132642.txt");
        Files.writeString(record, Files.readString(record).replace("00:11,HR,131", "11,HR,131"));
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> Physionet2012.read(without))
                .withMessageEndingWith("132642.txt:8: column \"Time\" needs hours and minutes such as 07:45");
    }

    @Test
    void shouldReadMeansOfConditions() {
        List<WearableHrv.Mean> means = WearableHrv.read(SmallCopies.of(DataSet.WEARABLE_ECG));

        assertThat(means).hasSize(64);
        assertThat(means.stream().filter(mean -> mean.device().equals(WearableHrv.ECG))).hasSize(16);
        assertThat(means.getFirst().condition()).isEqualTo("sitting");
        assertThat(WearableHrv.hasRaw(SmallCopies.of(DataSet.WEARABLE_ECG))).isFalse();
    }

    @Test
    void shouldReadIntervalsOfOnePersonInOneTimeScale() throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw_ibi_one_subject"));
        Files.writeString(raw.resolve("test_vu.txt"), "Subject Id: P37\nR-peak time\tibi_cumulative\tibi\tinterpolated\n"
                + "30-06-23/14:08:59.580\t0\t0\tO\n30-06-23/14:09:00.516\t936\t936\tO\n");
        Files.writeString(raw.resolve("test_kyto.csv"), "timestamp, rr, since_start \n\n1688126940516,936,1\n");
        Files.writeString(raw.resolve("test_events.csv"), "timestamp,conditions,datapoint\n14:09:00,sitting,start\n14:09:20,sitting,end\n");

        WearableHrv.Raw read = WearableHrv.raw(folder);

        assertThat(read.devices().get("vu")).containsExactly(new WearableHrv.Beat(1_688_126_940_516L, 936));
        assertThat(read.devices().get("kyto")).isEqualTo(read.devices().get("vu"));
        assertThat(read.spans()).containsExactly(new WearableHrv.Span("sitting", 1_688_126_940_000L, 1_688_126_960_000L));
        Files.writeString(raw.resolve("test_events.csv"), "timestamp,conditions,datapoint\n14:09:00,sitting,end\n");
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> WearableHrv.raw(folder)).withMessageContaining("test_events.csv:2: the begin");
        Files.writeString(raw.resolve("test_kyto.csv"), "timestamp,rr\n1,0\n");
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> WearableHrv.raw(folder)).withMessageContaining("test_kyto.csv:2: column \"rr\"");
    }

    @Test
    void shouldTellPersonsOfActivitiesApart() {
        List<ActivityMinutes.Minute> minutes = ActivityMinutes.read(SmallCopies.of(DataSet.WEARABLE_ACTIVITY));

        assertThat(minutes).hasSize(251);
        assertThat(minutes).extracting(ActivityMinutes.Minute::person).isSorted();
        assertThat(minutes).extracting(ActivityMinutes.Minute::device).containsOnly("apple watch", "fitbit");
        assertThat(minutes.getLast().person()).isGreaterThan(30);
    }

    @Test
    void shouldReadMinutesInOrder() throws IOException {
        assertThat(FitbitMinutes.read(SmallCopies.of(DataSet.WEARABLE_FURBERG)).getFirst().minutes()).hasSize(2606)
                .first().isEqualTo(new FitbitMinutes.Minute(1_459_468_800_000L, 67_000, 0));
        Path copy = damaged(DataSet.WEARABLE_FURBERG, "minute_hr_steps_5553957443.csv", text -> text.replace("2016-04-01 00:01:00", "2016-04-01 00:00:00"));
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> FitbitMinutes.read(copy)).withMessageContaining(".csv:3: column \"timestamp\"");
    }

    @Test
    void shouldReadDaysAndOnsets() throws IOException {
        List<WelltoryDays.Person> persons = WelltoryDays.read(SmallCopies.of(DataSet.WELLTORY_COVID));

        assertThat(persons).extracting(WelltoryDays.Person::onset).extracting(onset -> onset.orElseThrow())
                .containsExactly(LocalDate.of(1984, 4, 5), LocalDate.of(2020, 4, 4), LocalDate.of(2020, 3, 28));
        assertThat(persons.getLast().days()).hasSize(162).extracting(WelltoryDays.Day::date).isSorted();
        Path copy = damaged(DataSet.WELLTORY_COVID, "participants.csv", text -> text.replace("4/5/1984", "5.4.1984"));
        assertThatExceptionOfType(DataProblem.class).isThrownBy(() -> WelltoryDays.read(copy))
                .withMessageEndingWith("participants.csv:2: column \"symptoms_onset\" needs a date in the form of this file");
    }
}
