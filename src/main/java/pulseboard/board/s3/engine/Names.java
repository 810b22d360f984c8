package pulseboard.board.s3.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names of a folder in the order of their bytes, in as little memory as they need: there may be a million in one. */
final class Names {

    private static final int FIRST_BYTES = 1_024;
    private static final int FIRST_NAMES = 32;
    private static final int FEW = 12;

    private byte[] text = new byte[FIRST_BYTES];
    private int[] begins = new int[FIRST_NAMES];
    private int used;
    private int count;

    void add(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (used + bytes.length + 2 > text.length) {
            text = Arrays.copyOf(text, Math.max(used + bytes.length + 2, text.length * 3 / 2));
        }
        if (count == begins.length) {
            begins = Arrays.copyOf(begins, count * 3 / 2);
        }
        begins[count++] = used;
        System.arraycopy(bytes, 0, text, used, bytes.length);
        used += bytes.length;
        text[used++] = 0; // No name has it, and it is before all that they have.
    }

    int count() {
        return count;
    }

    /** One of them, as they are sorted now. */
    String get(int index) {
        int begin = begins[index];
        int end = begin;
        while (text[end] != 0) {
            end++;
        }
        return new String(text, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** Puts them in order. */
    void sort() {
        sort(0, count - 1);
    }

    private void sort(int first, int last) {
        int low = first;
        int high = last;
        while (high - low > FEW) {
            int middle = split(low, high);
            if (middle - low < high - middle) { // The smaller side first: so the depth stays small.
                sort(low, middle);
                low = middle + 1;
            } else {
                sort(middle + 1, high);
                high = middle;
            }
        }
        insertion(low, high);
    }

    private int split(int first, int last) {
        int pivot = begins[(first + last) >>> 1];
        int low = first - 1;
        int high = last + 1;
        while (true) {
            do {
                low++;
            } while (compare(begins[low], pivot) < 0);
            do {
                high--;
            } while (compare(begins[high], pivot) > 0);
            if (low >= high) {
                return high;
            }
            int swapped = begins[low];
            begins[low] = begins[high];
            begins[high] = swapped;
        }
    }

    private void insertion(int first, int last) {
        for (int index = first + 1; index <= last; index++) {
            int begin = begins[index];
            int place = index;
            while (place > first && compare(begins[place - 1], begin) > 0) {
                begins[place] = begins[place - 1];
                place--;
            }
            begins[place] = begin;
        }
    }

    private int compare(int one, int other) {
        int first = one;
        int second = other;
        while (text[first] == text[second] && text[first] != 0) {
            first++;
            second++;
        }
        return (text[first] & 0xff) - (text[second] & 0xff);
    }
}
