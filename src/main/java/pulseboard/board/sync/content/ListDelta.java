package pulseboard.board.sync.content;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import pulseboard.board.sync.content.Chunker.SizeClass;

/** The list of a content, told to somebody who has the list of another one: runs that both have, and what is new. */
public final class ListDelta {

    private ListDelta() {}

    /** What has to be told of the new one. */
    public static byte[] encode(Content old, Content now) {
        Map<ByteBuffer, Integer> known = new HashMap<>();
        for (int chunk = old.chunks() - 1; chunk >= 0; chunk--) {
            known.put(old.item(chunk), chunk);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(now.sizes().number());
            int at = 0;
            while (at < now.chunks()) {
                Integer from = known.get(now.item(at));
                at = from == null ? news(now, at, out, known) : copies(old, now, new Run(at, from), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory does not fail so.
        }
        return bytes.toByteArray();
    }

    private record Run(int at, int from) {}

    private static int copies(Content old, Content now, Run run, DataOutputStream out) throws IOException {
        int at = run.at;
        int from = run.from;
        int count = 1;
        while (at + count < now.chunks()
                && from + count < old.chunks()
                && now.item(at + count).equals(old.item(from + count))) {
            count++;
        }
        out.writeInt(count);
        out.writeInt(from);
        return at + count;
    }

    private static int news(Content now, int at, DataOutputStream out, Map<ByteBuffer, Integer> known)
            throws IOException {
        int count = 1;
        while (at + count < now.chunks() && !known.containsKey(now.item(at + count))) {
            count++;
        }
        out.writeInt(-count);
        for (int chunk = at; chunk < at + count; chunk++) {
            byte[] item = new byte[Content.itemBytes()];
            now.item(chunk).get(item);
            out.write(item);
        }
        return at + count;
    }

    /**
     * The new list.
     *
     * @param mostBytes no list is longer: a few bytes may name the same chunks again and again
     * @throws IllegalArgumentException when it is none
     */
    public static Content decode(Content old, byte[] delta, long mostBytes) {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(delta))) {
            SizeClass sizes = SizeClass.of((int) in.readByte());
            long total = 0;
            while (in.available() > 0) {
                int count = in.readInt();
                total += Math.abs((long) count);
                if (count == 0 || total * Content.itemBytes() > mostBytes) {
                    throw new IllegalArgumentException("no difference of lists");
                }
                if (count < 0) {
                    items.write(in.readNBytes(-count * Content.itemBytes()));
                } else {
                    int from = in.readInt();
                    for (int chunk = from; chunk < from + count; chunk++) {
                        byte[] item = new byte[Content.itemBytes()];
                        old.item(chunk).get(item);
                        items.write(item);
                    }
                }
            }
            if (items.size() % Content.itemBytes() != 0) {
                throw new IllegalArgumentException("no difference of lists");
            }
            return Content.of(sizes, items.toByteArray());
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no difference of lists", e);
        }
    }
}
