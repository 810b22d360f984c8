package pulseboard.alert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk that tells of each write before it is done, and may refuse it. One at a time. */
final class PausingDisk {

    private static final String SCHEME = "pausing";
    private static volatile Gate gate = () -> {};

    /** Is passed before each write. */
    interface Gate {
        void pass() throws IOException;
    }

    private PausingDisk() {}

    static void gate(Gate newest) {
        gate = newest;
        FilePath.register(new Files());
    }

    /** Opens a file on it as the program does. */
    static MVStore open(Path file) {
        return AlertFile.openFile(SCHEME + ":" + file.toAbsolutePath());
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

    /** Passes everything on, and writing after the gate. */
    private static final class Channel extends FileBase {
        private final FileChannel base;

        Channel(FileChannel base) {
            this.base = base;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            gate.pass();
            return base.write(bytes);
        }

        @Override
        public synchronized int write(ByteBuffer bytes, long position) throws IOException {
            gate.pass();
            return base.write(bytes, position);
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return base.read(bytes);
        }

        @Override
        public synchronized int read(ByteBuffer bytes, long position) throws IOException {
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
