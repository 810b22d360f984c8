package pulseboard.machine.linux;

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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One folder below {@code /sys} or the like, such as that of an interface, with small files in it. A file that is not there or
 * cannot be read is empty text and no number: drivers come and go, and many files are for some devices only.
 */
public final class Folder {

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

    /** The folder at this path. It may not be there. */
    static Folder of(Path path) {
        String name = String.valueOf(path.getFileName());
        return KernelPath.isAscii(path.toString()) ? of(name, path + "/") : odd(name, path);
    }

    /** One whose name the locale's character set may not have, so only its bytes lead there. */
    private static Folder odd(String name, Path path) {
        return new Folder(name, path + "/", path);
    }

    /** Its name, for labels. */
    public String name() {
        return name;
    }

    /** Where it is. */
    public Path path() {
        return odd == null ? Path.of(path) : odd;
    }

    /** A folder in it, or further down with slashes between the names. It may not be there. */
    public Folder folder(String below) {
        if (odd == null && KernelPath.isAscii(below)) {
            return of(below, path + below + "/");
        }
        if (below.indexOf('\uFFFD') >= 0) { // Bytes that are no text: only a look at what is there distinguishes them.
            for (Folder each : oddFolders(below, false)) {
                if (each.name.equals(below)) {
                    return each;
                }
            }
        }
        return odd(below, KernelPath.resolve(path(), below));
    }

    /** The folders in it whose name is this prefix and then, where asked for, a number; in order. */
    public List<Folder> folders(String prefix, boolean numbered) {
        String[] names = list();
        List<Folder> found = new ArrayList<>(names.length);
        for (String each : names) {
            if (odd != null || !KernelPath.isAscii(each)) {
                return oddFolders(prefix, numbered);
            }
            if (matches(each, prefix, numbered)) {
                found.add(of(each, path + each + "/"));
            }
        }
        return found;
    }

    private static boolean matches(String name, String prefix, boolean numbered) {
        return name.startsWith(prefix)
                && (!numbered || (name.length() > prefix.length() && Character.isDigit(name.charAt(prefix.length()))));
    }

    /**
     * Names are any bytes, and the locale's character set may know none above 127 (LC_ALL=POSIX, a unit without LANG): such a path
     * cannot be made from text, only found, and it is text only by way of its URI.
     */
    private List<Folder> oddFolders(String prefix, boolean numbered) {
        List<Folder> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path())) {
            for (Path entry : entries) {
                String each = KernelPath.name(entry);
                if (matches(each, prefix, numbered)) {
                    found.add(odd(each, entry));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        found.sort((first, second) -> first.name().compareTo(second.name()));
        return found;
    }

    /** Whether there is such a file or folder; with an empty name, whether there is this one. */
    public boolean has(String file) {
        return odd == null ? new File(path + file).exists() : Files.exists(odd.resolve(file));
    }

    /** The names of what is in it, in order; nothing when it cannot be read. */
    public String[] list() {
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
    public String value(String file) {
        byte[] bytes = BUFFER.get();
        int to = read(file, bytes);
        if (to == bytes.length) {
            bytes = whole(file);
            to = bytes.length;
        }
        to = length(bytes, to);
        int from = start(bytes, to);
        return to > from ? Utf8.text(bytes, from, to) : "";
    }

    /** The number in a small file, decimal or hexadecimal with 0x. */
    public double number(String file) {
        byte[] bytes = BUFFER.get();
        int to = length(bytes, read(file, bytes));
        return to == 0 ? Double.NaN : Numbers.number(bytes, 0, to);
    }

    /** The whole number from 0 on in a small file; {@link Numbers#UNKNOWN} for anything else, such as {@code max}. */
    public long count(String file) {
        byte[] bytes = BUFFER.get();
        int to = length(bytes, read(file, bytes));
        return Numbers.count(bytes, start(bytes, to), to);
    }

    /** The whole number in a small file, which may be below zero. */
    OptionalLong signed(String file) {
        byte[] bytes = BUFFER.get();
        int to = length(bytes, read(file, bytes));
        int from = start(bytes, to);
        boolean isNegative = from < to && bytes[from] == '-';
        long value = Numbers.count(bytes, isNegative ? from + 1 : from, to);
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(isNegative ? -value : value);
    }

    private static int start(byte[] bytes, int to) {
        int from = 0;
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        return from;
    }

    private static int length(byte[] bytes, int read) {
        int to = read;
        while (to > 0 && isSpace(bytes[to - 1])) {
            to--;
        }
        return to;
    }

    /** The words of a file, before its first line; none where it cannot be read. */
    public Words words(String file) {
        byte[] bytes = whole(file);
        return new Words().reset(bytes, bytes.length);
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
