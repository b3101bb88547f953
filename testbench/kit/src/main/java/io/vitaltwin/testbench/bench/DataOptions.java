package io.vitaltwin.testbench.bench;

import io.vitaltwin.standalone.cli.CliException;
import io.vitaltwin.testbench.data.DataFolders;
import io.vitaltwin.testbench.data.DataSet;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mixin: the folders of a benchmark on data. */
public final class DataOptions {

    @Option(names = "--data", paramLabel = "DIR", required = true, arity = "1",
            description = "Folder of a data set, or a folder that holds such folders. May be given several times.")
    private List<Path> folders = new ArrayList<>();

    /** @throws CliException (exit 2) if a folder holds none of the sets that are wanted */
    public DataFolders find(List<DataSet> wanted) {
        try {
            return DataFolders.in(folders, wanted);
        } catch (IllegalArgumentException e) {
            throw CliException.wrongCall(String.valueOf(e.getMessage()), e);
        }
    }
}
