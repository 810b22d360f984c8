package pulseboard.board.lab.erasure;

/** Arithmetic of GF(2^8) with the polynomial 0x11d, as RAID-6 has it. */
final class Galois {

    private static final int POLYNOMIAL = 0x1d;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;

    private Galois() {}

    /** Eight bytes times two, each by itself. */
    static long twice(long bytes) {
        return ((bytes & SEVEN_BITS) << 1) ^ (((bytes >>> 7) & LOW_BITS) * POLYNOMIAL);
    }

    static int product(int one, int other) {
        int result = 0;
        for (int factor = one, rest = other; rest != 0; rest >>>= 1) {
            result ^= (rest & 1) == 0 ? 0 : factor;
            factor = (factor << 1) ^ (factor >= 0x80 ? 0x100 | POLYNOMIAL : 0);
        }
        return result;
    }

    /** Of anything but 0. */
    static int inverse(int of) {
        for (int candidate = 1; candidate < 256; candidate++) {
            if (product(of, candidate) == 1) {
                return candidate;
            }
        }
        throw new ArithmeticException("0 has no inverse");
    }

    /** All products of a factor, by the other one. */
    static byte[] table(int factor) {
        byte[] table = new byte[256];
        for (int other = 0; other < table.length; other++) {
            table[other] = (byte) product(factor, other);
        }
        return table;
    }

    /** The inverse of a square matrix that has one, by Gauss and Jordan. */
    static int[][] inverse(int[][] matrix) {
        int size = matrix.length;
        int[][] left = new int[size][];
        int[][] right = new int[size][size];
        for (int row = 0; row < size; row++) {
            left[row] = matrix[row].clone();
            right[row][row] = 1;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            bringUp(left, right, pivot);
            int scale = inverse(left[pivot][pivot]);
            scale(left[pivot], scale);
            scale(right[pivot], scale);
            for (int row = 0; row < size; row++) {
                if (row != pivot) {
                    int factor = left[row][pivot];
                    subtract(left[row], left[pivot], factor);
                    subtract(right[row], right[pivot], factor);
                }
            }
        }
        return right;
    }

    private static void bringUp(int[][] left, int[][] right, int pivot) {
        int row = pivot;
        while (left[row][pivot] == 0) {
            row++;
        }
        swap(left, row, pivot);
        swap(right, row, pivot);
    }

    private static void swap(int[][] rows, int one, int other) {
        int[] kept = rows[one];
        rows[one] = rows[other];
        rows[other] = kept;
    }

    private static void scale(int[] row, int factor) {
        for (int column = 0; column < row.length; column++) {
            row[column] = product(row[column], factor);
        }
    }

    private static void subtract(int[] row, int[] other, int factor) {
        for (int column = 0; column < row.length; column++) {
            row[column] ^= product(other[column], factor);
        }
    }
}
