package pulseboard.board.sync.content;

/**
 * Cuts bytes where their content says so (FastCDC, Xia and others 2016): a cut moves with the bytes around it, so an insertion changes
 * the chunks that it touches and no others. The table and the masks are part of the protocol: two machines that cut differently
 * would find nothing in common.
 */
public final class Chunker {

    /** Sizes of chunks for files of a size: the larger the file, the larger they are. */
    public enum SizeClass {
        /** Files to 1 GiB. */
        SMALL(0, 16),
        /** Files to 16 GiB. */
        MEDIUM(1, 64),
        /** Files above. */
        LARGE(2, 256);

        private static final int MEAN_FACTOR = 4;
        private static final int MOST_FACTOR = 16;

        private final int number;
        private final int least;
        private final long early;
        private final long late;

        SizeClass(int number, int leastKibibytes) {
            this.number = number;
            least = leastKibibytes << 10;
            int bits = 31 - Integer.numberOfLeadingZeros(least * MEAN_FACTOR);
            early = -1L << (64 - bits - 2); // Two bits more before the mean, two less behind it: sizes stay near it.
            late = -1L << (64 - bits + 2);
        }

        /** No chunk but the last one of a file is shorter. */
        public int least() {
            return least;
        }

        /** About how long they are. */
        public int mean() {
            return least * MEAN_FACTOR;
        }

        /** No chunk is longer. */
        public int most() {
            return least * MOST_FACTOR;
        }

        /** What it is called on the wire. */
        int number() {
            return number;
        }

        static SizeClass of(int number) {
            return switch (number) {
                case 0 -> SMALL;
                case 1 -> MEDIUM;
                case 2 -> LARGE;
                default -> throw new IllegalArgumentException("no class of sizes: " + number);
            };
        }

        /** For a file that is new. */
        public static SizeClass of(long size) {
            return size <= 1L << 30 ? SMALL : size <= 1L << 34 ? MEDIUM : LARGE;
        }
    }

    private static final long[] GEAR = gear();

    private Chunker() {}

    /** SplitMix64 from a fixed seed. */
    private static long[] gear() {
        long[] table = new long[256];
        long state = 0x70756c7365626f61L;
        for (int at = 0; at < table.length; at++) {
            state += 0x9e3779b97f4a7c15L;
            long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            table[at] = mixed ^ (mixed >>> 31);
        }
        return table;
    }

    /**
     * How long the first chunk is of the bytes from there to the end. They must be as many as {@link SizeClass#most()}, or all that are left
     * of the file.
     */
    public static int cut(SizeClass sizes, byte[] bytes, int from, int to) {
        int length = Math.min(to - from, sizes.most());
        if (length <= sizes.least) {
            return length;
        }
        int mean = from + Math.min(length, sizes.mean());
        int at = from + sizes.least;
        long hash = 0;
        for (; at < mean; at++) {
            hash = (hash << 1) + GEAR[bytes[at] & 0xff];
            if ((hash & sizes.early) == 0) {
                return at + 1 - from;
            }
        }
        for (; at < from + length; at++) {
            hash = (hash << 1) + GEAR[bytes[at] & 0xff];
            if ((hash & sizes.late) == 0) {
                return at + 1 - from;
            }
        }
        return length;
    }
}
