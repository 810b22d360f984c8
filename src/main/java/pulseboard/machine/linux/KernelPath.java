package pulseboard.machine.linux;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Paths with names that come from the kernel. Names are bytes, nearly always UTF-8; but {@link Path#resolve(String)} takes them by
 * the encoding of the locale, and throws for {@code büro0} where that is POSIX, as under a service manager without LANG. A
 * path that is made of a URI has exactly the bytes of that URI.
 */
final class KernelPath {

    private static final HexFormat ESCAPE = HexFormat.of().withPrefix("%").withUpperCase();

    private KernelPath() {}

    /** The entry of this name, or of several names with slashes between them, in a folder. */
    static Path resolve(Path folder, String name) {
        if (isAscii(name)) {
            return folder.resolve(name);
        }
        String parent = folder.toUri().getRawPath();
        byte[] bytes = name.replace('\0', '\ufffd').getBytes(StandardCharsets.UTF_8);
        String child = ESCAPE.formatHex(bytes).replace("%2F", "/");
        return Path.of(URI.create("file://" + parent + (parent.endsWith("/") ? "" : "/") + child));
    }

    /** Whether every locale's character set has this name. */
    static boolean isAscii(String name) {
        for (int index = 0; index < name.length(); index++) {
            if (name.charAt(index) > '~' || name.charAt(index) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The last name of a path, of which Java's own text may be wrong. */
    static String name(Path path) {
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
        return Utf8.text(ascii, 0, length);
    }
}
