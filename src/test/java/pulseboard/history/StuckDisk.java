package pulseboard.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk that is read as ever and, when a test says so, takes nothing. One at a time. */
final class StuckDisk implements AutoCloseable {

    private static final String SCHEME = "stuck";

    /** For a program that waits for the disk where it should not: it goes on after that, and the test fails. */
    private static final int PATIENCE_SECONDS = 60;

    private static volatile CountDownLatch free = new CountDownLatch(0);
    private static volatile CountDownLatch reached = new CountDownLatch(1);
    private static volatile boolean hasGivenUp;

    private StuckDisk() {}

    /** One that takes everything for now. */
    static StuckDisk make() {
        free = new CountDownLatch(0);
        hasGivenUp = false;
        FilePath.register(new Files());
        return new StuckDisk();
    }

    /** Opens a file on it. */
    MVStore open(Path file) {
        return new MVStore.Builder()
                .fileName(SCHEME + ":" + file.toAbsolutePath())
                .autoCommitDisabled()
                .compress()
                .open();
    }

    /** From now on it takes nothing. */
    void stick() {
        reached = new CountDownLatch(1);
        free = new CountDownLatch(1);
    }

    /** Returns when something waits to be written. */
    void awaitWrite() throws InterruptedException {
        if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing was written");
        }
    }

    /** Whether what was to be written still waits. */
    boolean isStuck() {
        return free.getCount() > 0 && !hasGivenUp;
    }

    /** Takes everything again. */
    void free() {
        free.countDown();
    }

    @Override
    public void close() {
        free();
    }

    private static void await() throws IOException {
        CountDownLatch opening = free;
        if (opening.getCount() == 0) {
            return;
        }
        reached.countDown();
        try {
            if (!opening.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                hasGivenUp = true;
                opening.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** H2 makes one for each file, by the constructor without parameters. */
    public static final class Files extends FilePathWrapper {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new Channel(getBase().open(mode));
        }
    }

    /** Passes everything on, and writing when it is time. */
    private static final class Channel extends FileBase {
        private final FileChannel base;

        Channel(FileChannel base) {
            this.base = base;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            await();
            return base.write(bytes);
        }

        @Override
        @SuppressWarnings(
                "UnsynchronizedOverridesSynchronized") // Or reading would wait for writing, as no real disk has it.
        public int write(ByteBuffer bytes, long position) throws IOException {
            await();
            return base.write(bytes, position);
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return base.read(bytes);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public int read(ByteBuffer bytes, long position) throws IOException {
            return base.read(bytes, position);
        }

        @Override
        public long position() throws IOException {
            return base.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            base.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            base.truncate(size);
            return this;
        }

        @Override
        public void force(boolean withMetaData) throws IOException {
            base.force(withMetaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }
    }
}
