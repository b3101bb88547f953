package io.vitaltwin.testbench.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sets that a benchmark may run on: how a folder is recognised, and whose data it is.
 *
 * <p>A set is recognised by its files, so its folder may have any name.
 */
public enum DataSet {
    ICU_BIDMC("icu-bidmc-1hz", "bidmc_*_Numerics.csv", "ODC-By 1.0",
            "Pimentel et al. 2017, IEEE TBME 64(8):1914-1923, doi:10.1109/TBME.2016.2613124; Goldberger et al. 2000 (PhysioNet)"),
    ICU_MIMIC3("icu-mimic3-demo-vitals", "chartevents_vitals.csv*", "ODbL 1.0",
            "Johnson, Pollard, Mark 2019, MIMIC-III Clinical Database Demo, doi:10.13026/C2HM2Q; Johnson et al. 2016, Sci Data 3:160035; "
                    + "Goldberger et al. 2000"),
    ICU_PHYSIONET2012("icu-physionet2012", "Outcomes-a.txt", "ODC-By 1.0",
            "Silva et al. 2012, Comput Cardiol 39:245-248; Goldberger et al. 2000"),
    ICU_WDB("icu-mimic-wdb-1min", "*_numerics_1min.csv", "ODbL 1.0",
            "Moody et al. 2020, MIMIC-III Waveform Database Matched Subset, doi:10.13026/c2294b; Goldberger et al. 2000"),
    WEARABLE_ECG("wearable-vs-ecg-hrv", "P??.csv", "MIT",
            "Sinichi, Gevonden, Krabbendam 2024, WearableHRV, J Open Source Softw"),
    WEARABLE_ACTIVITY("wearable-aw-fitbit-activity", "aw_fb_data.csv*", "CC0 1.0",
            "Fuller 2020, doi:10.7910/DVN/ZS2Z2J; Fuller et al. 2021, BMJ Open Sport Exerc Med, doi:10.1136/bmjsem-2020-001004"),
    WEARABLE_FURBERG("wearable-fitbit-furberg", "minute_hr_steps_*.csv*", "CC BY 4.0",
            "Furberg, Brinton, Keating, Ortiz 2016, Zenodo doi:10.5281/zenodo.53894"),
    RR_HEALTHY("rr-nsr2db", "nsr*_rr.csv*", "ODC-By 1.0",
            "PhysioNet Normal Sinus Rhythm RR Interval Database 1.0.0; Goldberger et al. 2000 (PhysioNet)"),
    RR_AF_FEATURES("rr-af-features", "*_feature.txt*", "ODC-By 1.0 (MIT-BIH AF Database), BSD-3 (repository of the features)",
            "Li, Liu, Oster, Clifford 2016 (chapter in Machine Learning for Healthcare Technologies, IET); Vest et al. 2018, Physiol Meas 39:105004; "
                    + "Moody, Mark 1983 (AFDB)"),
    PPG_POLAR("ppg-vs-polar-welltory", "subject_*_RR.txt", "CC0 1.0",
            "Neshitov et al. 2021, Sensors 21:6798, doi:10.3390/s21206798"),
    WELLTORY_COVID("wearable-welltory-covid19", "participants.csv", "CC0 1.0",
            "Welltory hrv-covid19; medRxiv 2021.07.02.21259891; Frontiers Big Data 2022 doi:10.3389/fdata.2022.801998");

    private final String id;
    private final String mark;
    private final String licence;
    private final String citation;

    DataSet(String id, String mark, String licence, String citation) {
        this.id = id;
        this.mark = mark;
        this.licence = licence;
        this.citation = citation;
    }

    public String id() {
        return id;
    }

    public String licence() {
        return licence;
    }

    public String citation() {
        return citation;
    }

    /** Whether the folder holds this set. */
    boolean isIn(Path folder) {
        return !files(folder, mark).isEmpty();
    }

    /** The one file of this name, packed or not. @throws DataProblem if there is none */
    static Path file(Path folder, String name) {
        for (Path candidate : List.of(folder.resolve(name), folder.resolve(name + ".gz"))) {
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw new DataProblem(folder.resolve(name), "the file is missing");
    }

    /** Files whose names match, in the order of their names. */
    static List<Path> files(Path folder, String pattern) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.removeIf(file -> !Files.isRegularFile(file));
        files.sort(null);
        return files;
    }
}
