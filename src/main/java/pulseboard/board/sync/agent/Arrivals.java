package pulseboard.board.sync.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Names;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Version;

/**
 * Takes files that a person puts into the folder of this machine, by way of the coordinator. They are written aside, whatever their size,
 * and renamed into their place: an edit of this machine like any other. Used by the threads of connections; the loop decides.
 */
final class Arrivals {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    private static final int MODE = 0644;
    private static final long ROOM_BYTES = 16L << 20;
    private static final long FORCED_BYTES = 32L << 20;

    private final FolderSync sync;
    private final Room room;
    private final Consumer<Runnable> loop;

    /** By the last of these the loop does something, and it returns when that is done. */
    Arrivals(FolderSync sync, Room room, Consumer<Runnable> loop) {
        this.sync = sync;
        this.room = room;
        this.loop = loop;
    }

    /** Takes one, see {@link Ask#PUT}. */
    void take(DataInputStream in, DataOutputStream out) throws IOException {
        String path = in.readUTF();
        String version = in.readUTF();
        long size = in.readLong();
        String refusal = onLoop(() -> refusal(path, version));
        out.writeUTF(refusal);
        out.flush();
        if (!refusal.isEmpty()) {
            return;
        }
        Path made = sync.tree.own(UUID.randomUUID().toString());
        try (FileChannel file = FileChannel.open(
                made, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Written written = new Written(file);
            Content content = Content.read(new Blocks(in), size, written);
            if (!content.isCutAsOf(content.size())) { // Its size was not said.
                content = Content.read(file.position(0), file.size(), (bytes, from, length) -> {});
            }
            String word = written.end() ? onLoop(() -> place(made, path, version)) : "disk_full";
            out.writeUTF(word);
            if (word.isEmpty()) {
                out.write(HexFormat.of().parseHex(content.id()));
                out.writeLong(content.size());
            }
        } finally {
            boolean unused = Files.deleteIfExists(made); // Whatever has become of it, it is not here.
        }
    }

    /** What comes, as one stream: it ends with a block of nothing. */
    private static final class Blocks implements ReadableByteChannel {
        private final DataInputStream in;
        private int left;
        private boolean isOver;

        private Blocks(DataInputStream in) {
            this.in = in;
        }

        @Override
        public int read(ByteBuffer room) throws IOException {
            if (left == 0 && !isOver) {
                left = in.readInt();
                isOver = left == 0;
            }
            if (left < 0 || left > Ask.MOST_BLOCK_BYTES) {
                throw new IOException("too much at once: " + left);
            }
            int length = Math.min(left, room.remaining());
            in.readFully(room.array(), room.arrayOffset() + room.position(), length);
            room.position(room.position() + length);
            left -= length;
            return isOver ? -1 : length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /**
     * Writes what is read, and makes it durable now and then: at the end little is left to wait for. Where there is no room for it the rest
     * is read all the same, for only then can it be said why.
     */
    private final class Written implements Content.Visitor {
        private final FileChannel file;
        private boolean isRoom = true;
        private long unforced;
        private long unchecked = ROOM_BYTES;

        private Written(FileChannel file) {
            this.file = file;
        }

        @Override
        public void chunk(byte[] bytes, int from, int length) throws IOException {
            unchecked += length;
            if (isRoom && unchecked > ROOM_BYTES) {
                isRoom = room.isFor(ROOM_BYTES);
                unchecked = 0;
            }
            isRoom = isRoom && isWritten(ByteBuffer.wrap(bytes, from, length), file);
            unforced += length;
            if (isRoom && unforced > FORCED_BYTES) {
                file.force(false);
                unforced = 0;
            }
        }

        private boolean end() throws IOException {
            if (isRoom) {
                file.force(true);
            }
            return isRoom;
        }
    }

    private static boolean isWritten(ByteBuffer bytes, FileChannel file) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                int unused = file.write(bytes);
            }
            return true;
        } catch (IOException e) {
            if (Room.isFull(e)) {
                return false;
            }
            throw e;
        }
    }

    private String onLoop(Supplier<String> asked) {
        AtomicReference<String> answer = new AtomicReference<>("busy_file");
        loop.accept(() -> answer.set(asked.get()));
        return Objects.requireNonNull(answer.get());
    }

    /** Why nothing can be put there; empty when it can. */
    private String refusal(String path, String version) {
        Row row = sync.index.row(path);
        Entry known = row.entry();
        if (!Names.isGood(path) || sync.ignores.now().isIgnored(path, false)) {
            return "bad_name";
        }
        if (sync.guard.isHeld() || sync.isDrift() || sync.isPaused()) {
            return "held";
        }
        if (known.kind() == Entry.Kind.DIRECTORY || sync.replica.wanted().get(path) != null) {
            return "busy_file"; // Something else is about to be there, or a directory is.
        }
        String now = known.isThere() ? known.version().toString() : "";
        if (now.equals(version)) {
            return "";
        }
        boolean isBehind = Version.of(version).compare(Version.of(now)) == Version.Order.AFTER;
        return isBehind ? "busy_file" : "stale_version";
    }

    private String place(Path made, String path, String version) {
        String refusal = refusal(path, version);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        try {
            Entry known = sync.index.row(path).entry();
            Files.setPosixFilePermissions(made, Tree.permissions(known.isThere() ? known.mode() : MODE));
            sync.placer.replace(path, made);
            return "";
        } catch (IOException e) {
            LOG.debug("{} cannot be put in its place", path, e);
            return Room.isFull(e) ? "disk_full" : "busy_file";
        } finally {
            for (String above = Tree.parent(path); ; above = Tree.parent(above)) {
                sync.lookAt(above); // Directories above it may be new.
                if (above.isEmpty()) {
                    break;
                }
            }
        }
    }
}
