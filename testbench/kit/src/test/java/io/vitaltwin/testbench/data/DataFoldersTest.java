package io.vitaltwin.testbench.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DataFoldersTest {

    private static final List<DataSet> ALL = Arrays.asList(DataSet.values());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFindEverySetBelowAFolder() {
        DataFolders found = DataFolders.in(List.of(SmallCopies.all()), ALL);

        for (DataSet set : ALL) {
            if (set != DataSet.PPG_POLAR) {
                assertThat(found.of(set)).as(set.id()).contains(SmallCopies.of(set));
            }
        }
        assertThat(found.of(DataSet.PPG_POLAR)).isEmpty();
    }

    @Test
    void shouldTakeOnlyWhatIsWantedAndSeveralFolders() {
        List<Path> two = List.of(SmallCopies.of(DataSet.ICU_WDB), SmallCopies.of(DataSet.ICU_BIDMC));

        assertThat(DataFolders.in(two, List.of(DataSet.ICU_WDB, DataSet.ICU_BIDMC)).sources()).extracting(DataFolders.Source::set)
                .containsExactly("icu-bidmc-1hz", "icu-mimic-wdb-1min");
        assertThat(DataFolders.in(List.of(SmallCopies.all()), List.of(DataSet.ICU_WDB)).sources()).hasSize(1);
    }

    @Test
    void shouldKnowASetByItsFilesWhateverItsFolderIsCalled() throws IOException {
        Path renamed = Files.createDirectory(folder.resolve("other-name"));
        Files.copy(SmallCopies.of(DataSet.ICU_WDB).resolve("s25047_numerics_1min.csv"), renamed.resolve("s25047_numerics_1min.csv"));

        assertThat(DataFolders.in(List.of(renamed), ALL).of(DataSet.ICU_WDB)).contains(renamed);
    }

    @Test
    void shouldRefuseAFolderWithoutSetsAndOneThatIsMissing() {
        assertThatIllegalArgumentException().isThrownBy(() -> DataFolders.in(List.of(folder), List.of(DataSet.ICU_WDB)))
                .withMessageStartingWith("--data " + folder + ": holds none of the sets that this benchmark knows (icu-mimic-wdb-1min)");
        assertThatIllegalArgumentException().isThrownBy(() -> DataFolders.in(List.of(folder.resolve("none")), ALL)).withMessageEndingWith("is no folder");
    }

    @Test
    void shouldRefuseASetThatIsThereTwice() {
        Path one = SmallCopies.of(DataSet.ICU_WDB);

        assertThatIllegalArgumentException().isThrownBy(() -> DataFolders.in(List.of(one, SmallCopies.all()), List.of(DataSet.ICU_WDB)))
                .withMessageContaining("is there twice");
    }

    @Test
    void shouldNameLicenceAndCitationAndTellChangedFiles() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Path file = Files.writeString(copy.resolve("x_numerics_1min.csv"), "a\n");
        DataFolders.Source before = DataFolders.in(List.of(copy), ALL).sources().getFirst();
        Files.writeString(file, "b\n");
        DataFolders.Source after = DataFolders.in(List.of(copy), ALL).sources().getFirst();

        assertThat(before.licence()).isEqualTo("ODbL 1.0");
        assertThat(before.citation()).contains("10.13026/c2294b");
        assertThat(before.sha256()).hasSize(64).isNotEqualTo(after.sha256());
    }
}
