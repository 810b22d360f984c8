package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.content.BlockDelta;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.content.ListDelta;
import pulseboard.board.sync.wire.Wire;

/** Fetches contents from one other agent over one connection. Used by one thread. */
final class Puller {

    private static final byte[] NOTHING = new byte[Content.HASH];

    private final Wire wire;
    private final Path parts;

    Puller(Wire wire, Path parts) {
        this.wire = wire;
        this.parts = parts;
    }

    private static byte[] raw(String contentId) {
        return HexFormat.of().parseHex(contentId);
    }

    /**
     * Small files, all in one question. Returns the contents that came. They are made durable together, when all are written: then
     * the first wait for the disk is that of most of them.
     */
    List<String> small(List<Transfer> transfers, List<String> contents) throws IOException {
        wire.out().writeByte(Ask.WHOLE);
        wire.out().writeInt(contents.size());
        for (String each : contents) {
            wire.out().write(raw(each));
        }
        wire.out().flush();
        List<String> came = new ArrayList<>();
        for (int number = 0; number < contents.size(); number++) {
            if (wire.in().readByte() == Ask.OK) {
                int length = wire.in().readInt();
                Transfer transfer = transfers.get(number);
                if (length < 0 || length > Ask.MOST_BYTES) {
                    throw new IOException("too much at once: " + length);
                }
                byte[] bytes = wire.in().readNBytes(length);
                if (isWritten(contents.get(number), bytes)) {
                    came.add(contents.get(number));
                    transfer.doneBytes = length;
                    transfer.fetched(length);
                }
            }
        }
        for (String each : came) {
            try (FileChannel file = FileChannel.open(partial(each), StandardOpenOption.WRITE)) {
                file.force(true);
            }
        }
        for (String each : came) {
            Files.move(partial(each), parts.resolve(each), StandardCopyOption.ATOMIC_MOVE);
        }
        return came;
    }

    private Path partial(String contentId) {
        return parts.resolve(contentId + ".part");
    }

    private boolean isWritten(String contentId, byte[] bytes) throws IOException {
        Content content = Content.read(
                java.nio.channels.Channels.newChannel(new java.io.ByteArrayInputStream(bytes)),
                bytes.length,
                (all, from, length) -> {});
        if (!content.id().equals(contentId)) {
            return false;
        }
        Files.write(partial(contentId), bytes);
        return true;
    }

    /**
     * The list of a content; null where the other side does not have it.
     *
     * @param size how many bytes the content has, at most: a list that is too long for it is not read
     */
    @Nullable
    Content list(String contentId, @Nullable Content old, long size) throws IOException {
        wire.out().writeByte(Ask.LIST);
        wire.out().write(raw(contentId));
        wire.out().write(old == null ? NOTHING : raw(old.id()));
        wire.out().flush();
        if (wire.in().readByte() != Ask.OK) {
            return null;
        }
        boolean isDelta = wire.in().readByte() == 1;
        int length = wire.in().readInt();
        long most = Math.min(Ask.MOST_LIST_BYTES, Content.mostListBytes(size));
        if (length < 0 || length > most) {
            throw new IOException("no list has " + length + " bytes");
        }
        byte[] bytes = wire.in().readNBytes(length);
        try {
            Content list = isDelta && old != null ? ListDelta.decode(old, bytes, most) : Content.of(bytes);
            if (!list.id().equals(contentId)) {
                throw new IOException("the list is of another content");
            }
            return list;
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
    }

    /** A large file, of which something may be here: in an older version, or from when it was fetched before. */
    boolean large(String contentId, Content list, Step.@Nullable Basis basis, Transfer transfer) throws IOException {
        Map<ByteBuffer, Integer> known = new HashMap<>();
        for (int chunk = 0; basis != null && chunk < basis.content().chunks(); chunk++) {
            known.putIfAbsent(basis.content().hash(chunk), chunk);
        }
        long before = wire.sentBytes() + wire.receivedBytes();
        try (Part part = new Part(parts, contentId, list)) {
            transfer.phase = "fetch";
            transfer.doneBytes = part.size();
            while (part.next() < list.chunks()) {
                take(contentId, new Step(list, basis, known, part), transfer);
                transfer.doneBytes = part.size();
                transfer.wireBytes = wire.sentBytes() + wire.receivedBytes() - before;
            }
            transfer.phase = "verify";
            part.finish();
        } catch (Refused e) {
            return false;
        }
        return true;
    }

    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Two questions at most, asked together: so many bytes go for one round trip. */
    private void take(String contentId, Step step, Transfer transfer) throws IOException {
        List<Step.Run> runs = step.runs();
        List<Step.Run> chunks = new ArrayList<>();
        List<Step.Run> blocks = new ArrayList<>();
        for (Step.Run run : runs) {
            boolean isHere = step.old(run.first()) >= 0;
            if (!isHere) {
                (run.oldCount() > 0 ? blocks : chunks).add(run);
            }
        }
        Map<Step.Run, byte[]> made = blocks.isEmpty() ? Map.of() : blocks(contentId, step, blocks, transfer);
        for (Step.Run each : blocks) {
            if (!made.containsKey(each)) {
                chunks.add(each);
            }
        }
        chunks.sort((one, other) -> Integer.compare(one.first(), other.first()));
        if (!chunks.isEmpty()) {
            askChunks(contentId, chunks);
        }
        for (Step.Run run : runs) {
            byte[] bytes = made.get(run);
            if (bytes != null) {
                add(step, run, bytes);
            } else if (step.old(run.first()) >= 0) {
                copy(step, run);
            } else {
                transfer.fetched(receive(step, run));
            }
        }
    }

    /** What comes of it is verified; where it is not what it should be, it is missing from the answer and fetched whole. */
    private Map<Step.Run, byte[]> blocks(String contentId, Step step, List<Step.Run> runs, Transfer transfer)
            throws IOException {
        Step.Basis basis = step.basis();
        if (basis == null) {
            return Map.of();
        }
        wire.out().writeByte(Ask.BLOCKS);
        wire.out().write(raw(contentId));
        wire.out().writeInt(runs.size());
        List<byte[]> olds = new ArrayList<>();
        for (Step.Run run : runs) {
            byte[] bytes = Step.old(basis, run.oldFirst(), run.oldCount());
            long seed = ThreadLocalRandom.current().nextLong();
            byte[] signatures = BlockDelta.signatures(bytes, bytes.length, seed);
            wire.out().writeInt(run.first());
            wire.out().writeInt(run.count());
            wire.out().writeLong(seed);
            wire.out().writeInt(signatures.length);
            wire.out().write(signatures);
            olds.add(bytes);
        }
        wire.out().flush();
        requireOk();
        Map<Step.Run, byte[]> made = new HashMap<>();
        for (int number = 0; number < runs.size(); number++) {
            byte[] ops = wire.in().readNBytes(Math.min(wire.in().readInt(), Ask.MOST_BYTES));
            transfer.fetched(ops.length);
            byte[] bytes = rebuilt(step.list(), runs.get(number), olds.get(number), ops);
            if (bytes != null) {
                made.put(runs.get(number), bytes);
            }
        }
        return made;
    }

    private static byte @Nullable [] rebuilt(Content list, Step.Run run, byte[] old, byte[] ops) {
        try {
            int size = (int) (list.offset(run.first() + run.count()) - list.offset(run.first()));
            byte[] bytes = BlockDelta.decode(old, old.length, ops, size);
            for (int chunk = run.first(); chunk < run.first() + run.count(); chunk++) {
                int from = (int) (list.offset(chunk) - list.offset(run.first()));
                if (bytes.length != size || !list.isChunk(chunk, bytes, from, list.length(chunk))) {
                    return null;
                }
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void requireOk() throws IOException {
        if (wire.in().readByte() != Ask.OK) {
            throw new Refused();
        }
    }

    private void askChunks(String contentId, List<Step.Run> runs) throws IOException {
        wire.out().writeByte(Ask.CHUNKS);
        wire.out().write(raw(contentId));
        wire.out().writeInt(runs.size());
        for (Step.Run run : runs) {
            wire.out().writeInt(run.first());
            wire.out().writeInt(run.count());
        }
        wire.out().flush();
        requireOk();
    }

    private static void add(Step step, Step.Run run, byte[] bytes) throws IOException {
        for (int chunk = run.first(); chunk < run.first() + run.count(); chunk++) {
            int from = (int) (step.list().offset(chunk) - step.list().offset(run.first()));
            step.part().add(bytes, from, step.list().length(chunk));
        }
    }

    private static void copy(Step step, Step.Run run) throws IOException {
        for (int chunk = run.first(); chunk < run.first() + run.count(); chunk++) {
            Step.Basis basis = step.basis();
            if (basis != null) {
                byte[] bytes = Step.old(basis, step.old(chunk), 1);
                step.part().add(bytes, 0, bytes.length);
            }
        }
    }

    private long receive(Step step, Step.Run run) throws IOException {
        long fetched = 0;
        for (int chunk = run.first(); chunk < run.first() + run.count(); chunk++) {
            int length = wire.in().readInt();
            if (length != 0 && length != step.list().length(chunk)) {
                throw new IOException("a chunk of another length");
            }
            byte[] bytes = length == 0
                    ? new byte[step.list().length(chunk)]
                    : wire.in().readNBytes(length);
            step.part().add(bytes, 0, bytes.length);
            fetched += length;
        }
        return fetched;
    }
}
