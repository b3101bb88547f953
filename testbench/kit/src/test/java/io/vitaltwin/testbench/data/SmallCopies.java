package io.vitaltwin.testbench.data;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The small copies of the data sets that tests run on; licence and citation lie beside each. */
public final class SmallCopies {

    private SmallCopies() {
    }

    /** The folder above them. */
    public static Path all() {
        try {
            return Path.of(Objects.requireNonNull(SmallCopies.class.getResource("/data"), "test data are missing").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path of(DataSet set) {
        return all().resolve(set.id());
    }
}
