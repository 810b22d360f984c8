package pulseboard.board.sync.agent;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.wire.Wire;

/** Reads a content from an agent, chunk by chunk, each of them verified. For whoever is no agent: nothing is kept. */
public final class Download {

    private static final long STEP_BYTES = 4 << 20;

    private final Wire wire;
    private final String contentId;
    private final Content list;

    /** Is given what came. */
    public interface Sink {
        /** The next bytes; they may wait until they can be taken. */
        void take(byte[] bytes) throws IOException;
    }

    private Download(Wire wire, String contentId, Content list) {
        this.wire = wire;
        this.contentId = contentId;
        this.list = list;
    }

    /**
     * Asks for a content.
     *
     * @throws IOException when the agent does not give it
     */
    public static Download open(Wire wire, String folder, String contentId) throws IOException {
        wire.out().writeUTF(folder);
        return again(wire, contentId);
    }

    /**
     * Asks for one more content of the same folder by the same connection.
     *
     * @throws IOException when the agent does not give it
     */
    public static Download again(Wire wire, String contentId) throws IOException {
        Content list = new Puller(wire, java.nio.file.Path.of("")).list(contentId, null, Long.MAX_VALUE);
        if (list == null) {
            throw new IOException("the machine does not have this content any more");
        }
        return new Download(wire, contentId, list);
    }

    /** How many bytes it has. */
    public long size() {
        return list.size();
    }

    /** Its chunks. */
    public Content list() {
        return list;
    }

    /** Gives the bytes from one offset to another one, which is not among them. */
    public void read(long from, long to, Sink sink) throws IOException {
        int chunk = 0;
        while (chunk < list.chunks() && list.offset(chunk + 1) <= from) {
            chunk++;
        }
        while (chunk < list.chunks() && list.offset(chunk) < to) {
            int count = 1;
            while (chunk + count < list.chunks()
                    && list.offset(chunk + count) < to
                    && list.offset(chunk + count + 1) - list.offset(chunk) <= STEP_BYTES) {
                count++;
            }
            step(chunk, count, new Cut(sink, from, to, list.offset(chunk)));
            chunk += count;
        }
    }

    /** Of what comes, from some offset on, only what is wanted. */
    private static final class Cut implements Sink {
        private final Sink sink;
        private final long from;
        private final long to;
        private long at;

        Cut(Sink sink, long from, long to, long at) {
            this.sink = sink;
            this.from = from;
            this.to = to;
            this.at = at;
        }

        @Override
        public void take(byte[] bytes) throws IOException {
            int first = (int) Math.max(0, from - at);
            int end = (int) Math.min(bytes.length, to - at);
            if (first < end) {
                sink.take(first == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, first, end));
            }
            at += bytes.length;
        }
    }

    private void step(int first, int count, Sink sink) throws IOException {
        wire.out().writeByte(Ask.CHUNKS);
        wire.out().write(HexFormat.of().parseHex(contentId));
        wire.out().writeInt(1);
        wire.out().writeInt(first);
        wire.out().writeInt(count);
        wire.out().flush();
        if (wire.in().readByte() != Ask.OK) {
            throw new IOException("the content has changed");
        }
        for (int chunk = first; chunk < first + count; chunk++) {
            int length = wire.in().readInt();
            if (length != 0 && length != list.length(chunk)) {
                throw new IOException("a chunk of another length");
            }
            byte[] bytes =
                    length == 0 ? new byte[list.length(chunk)] : wire.in().readNBytes(length);
            if (!list.isChunk(chunk, bytes, 0, bytes.length)) {
                throw new IOException("these bytes are not what they should be");
            }
            sink.take(bytes);
        }
    }
}
