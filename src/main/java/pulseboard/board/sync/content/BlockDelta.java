package pulseboard.board.sync.content;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Few bytes instead of many, where somebody has others that are like them: one side tells short hashes of its blocks, the other one finds
 * them at any offset of its own bytes (Tridgell and Mackerras 1996), and answers with what to copy and what is new. Both hashes are
 * seeded anew for each request, so nobody can prepare bytes that collide. Whoever gets the result still verifies it.
 */
public final class BlockDelta {

    /** Bytes of a block. */
    public static final int BLOCK = 1_024;

    /** Bytes of the hashes of a block. */
    public static final int SIGNATURE = 12;

    /** So many blocks with one rolling hash are compared, at most. */
    private static final int MOST_CANDIDATES = 8;

    private BlockDelta() {}

    /** The hashes of all whole blocks. */
    public static byte[] signatures(byte[] old, int length, long seed) {
        ByteBuffer all = ByteBuffer.allocate(length / BLOCK * SIGNATURE);
        MessageDigest digest = Content.sha256();
        for (int from = 0; from + BLOCK <= length; from += BLOCK) {
            all.putInt(rolling(old, from, multiplier(seed)));
            all.putLong(strong(digest, old, from, seed));
        }
        return all.array();
    }

    private static int multiplier(long seed) {
        return (int) (seed >>> 17) | 1;
    }

    private static int rolling(byte[] bytes, int from, int multiplier) {
        int hash = 0;
        for (int at = from; at < from + BLOCK; at++) {
            hash = hash * multiplier + bytes[at];
        }
        return hash;
    }

    private static long strong(MessageDigest digest, byte[] bytes, int from, long seed) {
        digest.update(ByteBuffer.allocate(8).putLong(seed).flip());
        digest.update(bytes, from, BLOCK);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** What to do with the blocks of those signatures to have these bytes: numbers of blocks, and bytes. */
    public static byte[] encode(byte[] now, int length, byte[] signatures, long seed) {
        Map<Integer, int[]> blocks = index(signatures);
        Ops ops = new Ops();
        MessageDigest digest = Content.sha256();
        ByteBuffer known = ByteBuffer.wrap(signatures);
        int multiplier = multiplier(seed);
        int power = 1; // Of the byte that leaves.
        for (int time = 0; time < BLOCK; time++) {
            power *= multiplier;
        }
        int literal = 0;
        int at = 0;
        int hash = length >= BLOCK ? rolling(now, 0, multiplier) : 0;
        while (at + BLOCK <= length) {
            int[] candidates = blocks.get(hash);
            int block = candidates == null ? -1 : match(candidates, known, strong(digest, now, at, seed));
            if (block >= 0) {
                ops.literal(now, literal, at);
                ops.copy(block);
                at += BLOCK;
                literal = at;
                hash = at + BLOCK <= length ? rolling(now, at, multiplier) : 0;
            } else {
                if (at + BLOCK < length) {
                    hash = hash * multiplier + now[at + BLOCK] - now[at] * power;
                }
                at++;
            }
        }
        ops.literal(now, literal, length);
        return ops.toBytes();
    }

    private static int match(int[] candidates, ByteBuffer known, long strong) {
        for (int block : candidates) {
            if (known.getLong(block * SIGNATURE + 4) == strong) {
                return block;
            }
        }
        return -1;
    }

    private static Map<Integer, int[]> index(byte[] signatures) {
        Map<Integer, int[]> blocks = new HashMap<>();
        ByteBuffer all = ByteBuffer.wrap(signatures);
        for (int block = 0; block < signatures.length / SIGNATURE; block++) {
            int rolling = all.getInt(block * SIGNATURE);
            int[] before = blocks.getOrDefault(rolling, new int[0]);
            if (before.length < MOST_CANDIDATES) {
                int[] more = Arrays.copyOf(before, before.length + 1);
                more[before.length] = block;
                blocks.put(rolling, more);
            }
        }
        return blocks;
    }

    private static final class Ops {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int first = -1;
        private int count;

        void copy(int block) {
            if (count > 0 && block == first + count) {
                count++;
                return;
            }
            flush();
            first = block;
            count = 1;
        }

        private void flush() {
            if (count > 0) {
                bytes.writeBytes(ByteBuffer.allocate(6)
                        .putInt(first)
                        .putShort((short) count)
                        .array());
                count = 0;
            }
        }

        void literal(byte[] from, int start, int end) {
            if (end > start) {
                flush();
                bytes.writeBytes(ByteBuffer.allocate(4).putInt(start - end).array());
                bytes.write(from, start, end - start);
            }
        }

        byte[] toBytes() {
            flush();
            return bytes.toByteArray();
        }
    }

    /**
     * Follows what {@link #encode} said.
     *
     * @param most no result is longer
     * @throws IllegalArgumentException when it leads outside of the old bytes, or to more than that
     */
    public static byte[] decode(byte[] old, int length, byte[] ops, int most) {
        ByteArrayOutputStream now = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(ops);
        while (in.remaining() >= 4) {
            int first = in.getInt();
            int from = first < 0 ? in.position() : first * BLOCK;
            boolean isShort = first >= 0 && in.remaining() < 2;
            long bytes = first < 0 ? -(long) first : isShort ? 0 : (in.getShort() & 0xffffL) * BLOCK;
            long limit = first < 0 ? ops.length : length;
            if (bytes == 0 || first > length / BLOCK || from + bytes > limit || now.size() + bytes > most) {
                throw new IllegalArgumentException("no difference of these bytes");
            }
            now.write(first < 0 ? ops : old, from, (int) bytes);
            in.position(first < 0 ? from + (int) bytes : in.position());
        }
        return now.toByteArray();
    }
}
