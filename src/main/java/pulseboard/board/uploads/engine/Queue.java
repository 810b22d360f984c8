package pulseboard.board.uploads.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The files that wait, as rclone has listed them. Names stay in the list on the disk: of each file only its size, time and place in
 * the list are held, some 20 bytes. Files are known by their number in it. Not thread-safe.
 */
public final class Queue {

    /** The time of a file that has none. */
    static final int NO_TIME = Integer.MIN_VALUE;

    private final Path file;
    private final BitSet gone = new BitSet();
    private long[] sizes = new long[1_024];
    private long[] offsets = new long[1_024];
    private int[] times = new int[1_024];
    private int count;
    private long bytes;
    private int left;
    private long leftBytes;

    private Queue(Path file) {
        this.file = file;
    }

    /** Nothing waits. */
    static Queue empty() {
        return new Queue(Path.of("/dev/null"));
    }

    /** A file of a list; its time is in seconds since 1970. */
    record Entry(String path, long size, int time) {}

    /**
     * Reads a list.
     *
     * @param file what {@code rclone lsjson} has written; it stays where it is for as long as the queue is used
     * @param isTaken which of the files wait
     */
    static Queue read(Path file, Predicate<Entry> isTaken) throws IOException {
        Queue queue = new Queue(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream(256);
            long begin = 0;
            long at = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                at++;
                if (next == '\n') {
                    queue.add(line.toString(StandardCharsets.UTF_8), begin, isTaken);
                    line.reset();
                    begin = at;
                } else {
                    line.write(next);
                }
            }
            queue.add(line.toString(StandardCharsets.UTF_8), begin, isTaken);
        }
        return queue.trimmed();
    }

    private void add(String line, long offset, Predicate<Entry> isTaken) {
        if (line.startsWith("{")) {
            Entry entry = entry(line);
            if (isTaken.test(entry)) {
                add(entry, offset);
            }
        }
    }

    private void add(Entry entry, long offset) {
        if (count == sizes.length) {
            int more = count * 2;
            sizes = Arrays.copyOf(sizes, more);
            offsets = Arrays.copyOf(offsets, more);
            times = Arrays.copyOf(times, more);
        }
        sizes[count] = entry.size;
        offsets[count] = offset;
        times[count] = entry.time;
        count++;
        bytes += entry.size;
        left++;
        leftBytes += entry.size;
    }

    private Queue trimmed() {
        sizes = Arrays.copyOf(sizes, count);
        offsets = Arrays.copyOf(offsets, count);
        times = Arrays.copyOf(times, count);
        return this;
    }

    private static Entry entry(String line) {
        try {
            JsonObject json = new JsonObject(line.endsWith(",") ? line.substring(0, line.length() - 1) : line);
            return new Entry(json.getString("Path", ""), json.getLong("Size", 0L), time(json.getString("ModTime", "")));
        } catch (DecodeException | ClassCastException e) {
            return new Entry("", 0, NO_TIME);
        }
    }

    /** As rclone says it. */
    static int time(String text) {
        try {
            return (int) Math.max(
                    NO_TIME + 1,
                    Math.min(Integer.MAX_VALUE, OffsetDateTime.parse(text).toEpochSecond()));
        } catch (DateTimeException e) {
            return NO_TIME;
        }
    }

    /** How many files it had at first. */
    int count() {
        return count;
    }

    /** How many bytes it had at first. */
    long bytes() {
        return bytes;
    }

    /** How many files still wait. */
    int left() {
        return left;
    }

    /** How many bytes still wait. */
    long leftBytes() {
        return leftBytes;
    }

    /** The smallest of those that wait; 0 when none does. */
    long smallest() {
        long smallest = Long.MAX_VALUE;
        for (int number = gone.nextClearBit(0); number < count; number = gone.nextClearBit(number + 1)) {
            smallest = Math.min(smallest, sizes[number]);
        }
        return left == 0 ? 0 : smallest;
    }

    long size(int number) {
        return sizes[number];
    }

    /** When it was changed, in seconds since 1970, or {@link #NO_TIME}. */
    int time(int number) {
        return times[number];
    }

    /** The times of files by their paths, whose numbers these are. */
    ToIntFunction<String> times(Map<String, Integer> numbers) {
        return path -> time(Objects.requireNonNull(numbers.get(path), path));
    }

    boolean waits(int number) {
        return !gone.get(number);
    }

    /** It waits no more. */
    void remove(int number) {
        if (!gone.get(number)) {
            gone.set(number);
            left--;
            leftBytes -= sizes[number];
        }
    }

    /** The numbers of those that wait, in the order of the list. */
    int[] waiting() {
        int[] all = new int[left];
        int at = 0;
        for (int number = gone.nextClearBit(0); number < count; number = gone.nextClearBit(number + 1)) {
            all[at++] = number;
        }
        return all;
    }

    /** The sizes of those that wait, in no order. */
    long[] waitingSizes() {
        int[] all = waiting();
        long[] found = new long[all.length];
        for (int at = 0; at < all.length; at++) {
            found[at] = sizes[all[at]];
        }
        return found;
    }

    /** The paths of some, which are read from the list. */
    String[] paths(int[] numbers) throws IOException {
        String[] paths = new String[numbers.length];
        try (RandomAccessFile list = new RandomAccessFile(file.toFile(), "r")) {
            for (int at = 0; at < numbers.length; at++) {
                list.seek(offsets[numbers[at]]);
                paths[at] = entry(line(list)).path;
            }
        }
        return paths;
    }

    private static String line(RandomAccessFile list) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        byte[] piece = new byte[512];
        for (int read = list.read(piece); read > 0; read = list.read(piece)) {
            int end = 0;
            while (end < read && piece[end] != '\n') {
                end++;
            }
            line.write(piece, 0, end);
            if (end < read) {
                break;
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The sizes of those of these paths that still wait; their numbers are put into the map. */
    Map<String, Long> find(Collection<String> wanted, Map<String, Integer> numbers) throws IOException {
        Set<String> names = new HashSet<>(wanted);
        Map<String, Long> found = new LinkedHashMap<>();
        int[] all = waiting();
        String[] paths = paths(all);
        for (int at = 0; at < all.length; at++) {
            if (names.contains(paths[at])) {
                found.put(paths[at], sizes[all[at]]);
                numbers.put(paths[at], all[at]);
            }
        }
        return found;
    }

    /** The sizes of some by their paths; their numbers are put into the map. */
    Map<String, Long> named(int[] files, Map<String, Integer> numbers) throws IOException {
        Map<String, Long> named = new LinkedHashMap<>();
        String[] paths = paths(files);
        for (int at = 0; at < paths.length; at++) {
            named.put(paths[at], sizes[files[at]]);
            numbers.put(paths[at], files[at]);
        }
        return named;
    }
}
