package io.vitaltwin.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One broker per folder. Kafka has a lock of its own, but takes it only after its controller has begun to write into the metadata log.
 * The operating system gives the lock back when the process dies.
 */
final class FolderLock implements AutoCloseable {

    private final FileLock lock;

    private FolderLock(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Makes the folder when it is missing, and locks it.
     *
     * @throws BrokerException if somebody else holds the lock, or the folder cannot be written
     */
    static FolderLock of(Path folder) {
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new BrokerException("cannot write to " + folder + "; choose a folder that can be written", e);
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new OverlappingFileLockException();
            }
            return new FolderLock(lock);
        } catch (OverlappingFileLockException | IOException e) {
            closeQuietly(channel, e);
            throw new BrokerException("folder " + folder + " is in use by another broker; stop that one or choose another folder", e);
        }
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new BrokerException("the lock of a data folder cannot be given back", e);
        }
    }

    private static void closeQuietly(FileChannel channel, Exception reason) {
        try {
            channel.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
