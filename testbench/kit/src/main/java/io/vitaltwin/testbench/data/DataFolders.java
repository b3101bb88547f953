package io.vitaltwin.testbench.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which set lies in which folder, of the folders that a person named. Each is a set or holds sets; other things beside them are left alone. */
public final class DataFolders {

    private final Map<DataSet, Path> folders = new EnumMap<>(DataSet.class);

    private DataFolders() {
    }

    /**
     * What a report says of a set.
     *
     * @param sha256 over names and contents of all its files, in the order of their names
     */
    public record Source(String set, String licence, String citation, int files, String sha256) {
    }

    /**
     * Looks for sets.
     *
     * @param wanted sets that the benchmark can use
     * @throws IllegalArgumentException if a folder is none, holds none of these sets, or a set is there twice; the text is for the person who
     *     named it
     */
    public static DataFolders in(List<Path> named, List<DataSet> wanted) {
        DataFolders found = new DataFolders();
        for (Path folder : named) {
            if (!Files.isDirectory(folder)) {
                throw new IllegalArgumentException("--data " + folder + ": is no folder");
            }
            if (found.take(folder, wanted) == 0) {
                throw new IllegalArgumentException("--data " + folder + ": holds none of the sets that this benchmark knows ("
                        + wanted.stream().map(DataSet::id).collect(Collectors.joining(", ")) + "); give the folder of one, or the folder above");
            }
        }
        return found;
    }

    private int take(Path folder, List<DataSet> wanted) {
        List<Path> places = new ArrayList<>(List.of(folder));
        try (Stream<Path> below = Files.list(folder)) {
            below.filter(Files::isDirectory).sorted().forEach(places::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int count = 0;
        for (Path place : places) {
            for (DataSet set : wanted) {
                if (set.isIn(place)) {
                    Path other = folders.putIfAbsent(set, place);
                    if (other != null) {
                        throw new IllegalArgumentException("--data " + folder + ": the set " + set.id() + " is there twice, in " + other + " and "
                                + place);
                    }
                    count++;
                }
            }
        }
        return count;
    }

    public Optional<Path> of(DataSet set) {
        return Optional.ofNullable(folders.get(set));
    }

    /** The sets that were found, for the report. */
    public List<Source> sources() {
        return folders.entrySet().stream().map(entry -> source(entry.getKey(), entry.getValue())).toList();
    }

    private static Source source(DataSet set, Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return new Source(set.id(), set.licence(), set.citation(), files.size(), HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
