package io.vitaltwin.standalone.erase;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Looks through the bytes and the names of all files of a folder, whoever writes them meanwhile. */
final class FileSearch {

    private final ByteSearch search;

    FileSearch(ByteSearch search) {
        this.search = search;
    }

    /** What one folder holds, files in folders below it not counted. */
    private static final class Folder {

        private long files;
        private long bytes;
        private final ByteSearch.Hits hits = new ByteSearch.Hits();
    }

    /**
     * Each folder with files in it as one place, by its path below the root. A file that goes away meanwhile is not there to be found.
     *
     * @param wanted which folders
     * @throws IOException when a file cannot be read: nothing is proven then
     */
    List<Place> search(Path root, Predicate<Path> wanted) throws IOException {
        Map<String, Folder> folders = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path parent = root.relativize(file.toAbsolutePath().startsWith(root.toAbsolutePath()) ? file : root).getParent();
                if (attributes.isRegularFile() && wanted.test(file)) {
                    read(file, folders.computeIfAbsent(root.getFileName() + "/" + (parent == null ? "" : parent), name -> new Folder()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
                    throws IOException {
                if (problem == null || problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }
        });
        List<Place> places = new ArrayList<>();
        folders.forEach((name, found) -> places.add(new Place(name, found.files, found.bytes, found.hits.naming(),
                found.hits.of(Marker.Kind.ALIAS))));
        return places;
    }

    private void read(Path file, Folder folder) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            folder.bytes += search.search(in, folder.hits);
            folder.hits.add(search.search(file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            folder.files++;
        } catch (NoSuchFileException e) {
            return; // removed since it was listed: that is what an erasure waits for
        }
    }
}
