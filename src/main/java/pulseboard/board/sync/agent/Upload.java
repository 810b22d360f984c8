package pulseboard.board.sync.agent;

import java.io.IOException;
import java.util.HexFormat;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.wire.Wire;

/** Puts a file into the folder of an agent, as an edit of that machine. Only the coordinator may. Used by one thread. */
public final class Upload {

    private final Wire wire;
    private String contentId = "";
    private long sizeBytes;

    private Upload(Wire wire) {
        this.wire = wire;
    }

    /** By this new connection. */
    public static Upload open(Wire wire, String folder) throws IOException {
        wire.out().writeUTF(folder);
        return new Upload(wire);
    }

    /**
     * Says what is to come.
     *
     * @param version what is there now; empty for nothing
     * @param size how many bytes are to come; 0 where that is not known
     * @return an error word, or an empty text when it may come
     */
    public String begin(String path, String version, long size) throws IOException {
        wire.out().writeByte(Ask.PUT);
        wire.out().writeUTF(path);
        wire.out().writeUTF(version);
        wire.out().writeLong(size);
        wire.out().flush();
        return wire.in().readUTF();
    }

    /** Its next bytes. */
    public void write(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += Ask.MOST_BLOCK_BYTES) {
            int length = Math.min(Ask.MOST_BLOCK_BYTES, bytes.length - from);
            wire.out().writeInt(length);
            wire.out().write(bytes, from, length);
        }
    }

    /** That was all. Returns an error word, or an empty text when it is in its place. */
    public String end() throws IOException {
        wire.out().writeInt(0);
        wire.out().flush();
        String word = wire.in().readUTF();
        if (word.isEmpty()) {
            contentId = HexFormat.of().formatHex(wire.in().readNBytes(Content.HASH));
            sizeBytes = wire.in().readLong();
        }
        return word;
    }

    /** What the content is called. */
    public String contentId() {
        return contentId;
    }

    /** How many bytes it has. */
    public long sizeBytes() {
        return sizeBytes;
    }
}
