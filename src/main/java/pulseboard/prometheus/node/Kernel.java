package pulseboard.prometheus.node;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The kernel's files below a root folder, which is {@code /} but in tests. */
public final class Kernel {

    private final String root;
    private final boolean isReal;

    /** Those below this folder. */
    public Kernel(Path root) {
        this.isReal = root.equals(Path.of("/"));
        this.root = isReal ? "/" : root + "/";
    }

    /** The root. */
    Path root() {
        return Path.of(root);
    }

    /** A file that is read at each collection, such as {@code proc/stat}. It may not be there. */
    KernelFile file(String path) {
        return new KernelFile(root + path, isReal);
    }

    /** A folder, such as {@code sys/class/net}. It may not be there. */
    Folder folder(String path) {
        return Folder.of(path, root + path + "/");
    }

    /** What a folder holds whose name is this prefix and then, where asked for, a number; in order. */
    List<Folder> folders(String folder, String prefix, boolean numbered) {
        String[] names = new File(root + folder).list();
        if (names == null) {
            return List.of();
        }
        Arrays.sort(names);
        List<Folder> found = new ArrayList<>(names.length);
        for (String name : names) {
            if (!isAscii(name)) {
                return oddFolders(folder, prefix, numbered);
            }
            if (matches(name, prefix, numbered)) {
                found.add(Folder.of(name, root + folder + "/" + name + "/"));
            }
        }
        return found;
    }

    private static boolean matches(String name, String prefix, boolean numbered) {
        return name.startsWith(prefix)
                && (!numbered || (name.length() > prefix.length() && Character.isDigit(name.charAt(prefix.length()))));
    }

    private static boolean isAscii(String name) {
        for (int index = 0; index < name.length(); index++) {
            if (name.charAt(index) > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * Names are any bytes, and the locale's character set may know none above 127 (LC_ALL=POSIX, a unit without LANG): such a path
     * cannot be made from text, only found, and it is text only by way of its URI.
     */
    private List<Folder> oddFolders(String folder, String prefix, boolean numbered) {
        List<Folder> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(root + folder))) {
            for (Path entry : entries) {
                String name = name(entry);
                if (matches(name, prefix, numbered)) {
                    found.add(Folder.odd(name, entry));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        found.sort((first, second) -> first.name().compareTo(second.name()));
        return found;
    }

    private static String name(Path path) {
        String escaped = path.toUri().getRawPath();
        escaped = escaped.endsWith("/") ? escaped.substring(0, escaped.length() - 1) : escaped;
        byte[] ascii = escaped.substring(escaped.lastIndexOf('/') + 1).getBytes(StandardCharsets.US_ASCII);
        int length = 0;
        for (int at = 0; at < ascii.length; at++) {
            if (ascii[at] == '%') {
                ascii[length++] = (byte) (Character.digit(ascii[at + 1], 16) * 16 + Character.digit(ascii[at + 2], 16));
                at += 2;
            } else {
                ascii[length++] = ascii[at];
            }
        }
        return Words.text(ascii, 0, length);
    }

    /** The folder of this name in another; there may be none. */
    Folder folder(String parent, String name) {
        if (!isAscii(name)) {
            for (Folder each : folders(parent, name, false)) {
                if (each.name().equals(name)) {
                    return each;
                }
            }
        }
        return Folder.of(name, root + parent + "/" + name + "/");
    }
}
