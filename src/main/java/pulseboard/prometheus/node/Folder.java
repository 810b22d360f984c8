package pulseboard.prometheus.node;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One folder below {@code /sys} or the like, such as that of an interface, with small files in it. A file that is not there or
 * cannot be read is empty text and no number: drivers come and go, and many files are for some devices only.
 */
final class Folder {

    private static final int FIRST_BYTES = 4096;
    private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[FIRST_BYTES]);

    private final String name;
    private final String path;
    private final @Nullable Path odd;

    private Folder(String name, String path, @Nullable Path odd) {
        this.name = name;
        this.path = path;
        this.odd = odd;
    }

    /** @param path with a slash at its end */
    static Folder of(String name, String path) {
        return new Folder(name, path, null);
    }

    /** One whose name the locale's character set cannot tell, so only its bytes lead there. */
    static Folder odd(String name, Path path) {
        return new Folder(name, path + "/", path);
    }

    /** Its name, for labels. */
    String name() {
        return name;
    }

    /** Where it is. */
    Path path() {
        return odd == null ? Path.of(path) : odd;
    }

    /** A folder in it. */
    Folder folder(String below) {
        return odd == null ? of(below, path + below + "/") : odd(below, odd.resolve(below));
    }

    /** Whether there is such a file or folder. */
    boolean has(String file) {
        return odd == null ? new File(path + file).exists() : Files.exists(odd.resolve(file));
    }

    /** The names of what is in it, in order; nothing when it cannot be read. */
    String[] list() {
        String[] names = odd == null ? new File(path).list() : list(odd);
        if (names == null) {
            return new String[0];
        }
        Arrays.sort(names);
        return names;
    }

    private static String[] list(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (IOException | DirectoryIteratorException e) {
            names.clear();
        }
        return names.toArray(String[]::new);
    }

    /** The text of a small file without white space around it; empty when there is none. */
    String value(String file) {
        byte[] bytes = BUFFER.get();
        int to = read(file, bytes);
        if (to == bytes.length) {
            bytes = whole(file);
            to = bytes.length;
        }
        int from = 0;
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        return to > from ? Words.text(bytes, from, to) : "";
    }

    /** The number in a small file, decimal or hexadecimal with 0x. */
    double number(String file) {
        byte[] bytes = BUFFER.get();
        int to = Math.max(0, read(file, bytes));
        while (to > 0 && isSpace(bytes[to - 1])) {
            to--;
        }
        return to == 0 ? Double.NaN : Words.number(bytes, 0, to);
    }

    private static boolean isSpace(byte each) {
        return each <= ' ' && each >= 0;
    }

    /** In one read, which gives all of what the kernel makes up to a page; returns how many bytes, at most what there is room for. */
    private int read(String file, byte[] into) {
        if (odd != null) {
            byte[] all = whole(file);
            System.arraycopy(all, 0, into, 0, Math.min(all.length, into.length));
            return Math.min(all.length, into.length);
        }
        try (FileInputStream in = new FileInputStream(path + file)) {
            return Math.max(0, in.read(into));
        } catch (IOException e) {
            return 0;
        }
    }

    private byte[] whole(String file) {
        try {
            return Files.readAllBytes(path().resolve(file));
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
