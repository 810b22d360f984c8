package pulseboard.board.lab.erasure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts data into three fragments and adds two of parity: P = a + b + c and Q = a + 2b + 4c, byte by byte. Fragments are of equal
 * length, a multiple of eight bytes; the last one of data is padded with zeros, so whoever decodes has to know the size.
 */
public final class Coder {

    /** How many fragments there are. */
    public static final int FRAGMENTS = 5;

    /** How many of them are needed. */
    public static final int NEEDED = 3;

    private static final int[][] ROWS = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}, {1, 2, 4}};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Coder() {}

    /** The length of each fragment of so many bytes. */
    public static int fragmentLength(int size) {
        return (size / NEEDED + (size % NEEDED == 0 ? 0 : 1) + 7) / 8 * 8;
    }

    /** The five fragments of these bytes. */
    public static byte[][] encode(byte[] data) {
        int length = fragmentLength(data.length);
        byte[][] parts = new byte[FRAGMENTS][length];
        for (int part = 0; part < NEEDED; part++) {
            int from = Math.min(data.length, part * length);
            System.arraycopy(data, from, parts[part], 0, Math.min(length, data.length - from));
        }
        for (int at = 0; at < length; at += 8) {
            long a = (long) LONGS.get(parts[0], at);
            long b = (long) LONGS.get(parts[1], at);
            long c = (long) LONGS.get(parts[2], at);
            LONGS.set(parts[3], at, a ^ b ^ c);
            LONGS.set(parts[4], at, a ^ Galois.twice(b ^ Galois.twice(c)));
        }
        return parts;
    }

    /**
     * The bytes that were encoded.
     *
     * @param fragments at least three, by their numbers from 0 to 4
     * @param size how many bytes there were
     * @throws IllegalArgumentException when these fragments cannot give so many
     */
    public static byte[] decode(Map<Integer, byte[]> fragments, int size) {
        int length = fragmentLength(size);
        Map<Integer, byte[]> used = new TreeMap<>(fragments);
        while (used.size() > NEEDED) {
            used.remove(((TreeMap<Integer, byte[]>) used).lastKey());
        }
        if (used.size() < NEEDED || used.values().stream().anyMatch(part -> part.length != length)) {
            throw new IllegalArgumentException(
                    "needs " + NEEDED + " fragments of " + length + " bytes, and has " + used.keySet());
        }
        byte[] data = new byte[NEEDED * length];
        int[][] inverse =
                Galois.inverse(used.keySet().stream().map(part -> ROWS[part]).toArray(int[][]::new));
        byte[][] parts = used.values().toArray(byte[][]::new);
        for (int part = 0; part < NEEDED; part++) {
            byte[] there = used.get(part);
            if (there != null) {
                System.arraycopy(there, 0, data, part * length, length);
            } else {
                for (int from = 0; from < NEEDED; from++) {
                    addProduct(data, part * length, parts[from], inverse[part][from]);
                }
            }
        }
        return Arrays.copyOf(data, size);
    }

    private static void addProduct(byte[] target, int offset, byte[] source, int factor) {
        byte[] table = Galois.table(factor);
        for (int at = 0; at < source.length; at++) {
            target[offset + at] ^= table[source[at] & 0xff];
        }
    }
}
