package pulseboard.machine.linux;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Paths with names that the kernel told. Names are bytes, nearly always UTF-8; but {@link Path#resolve(String)} takes them by
 * the encoding of the locale, and throws for {@code büro0} where that is POSIX, as under a service manager without LANG. A
 * path that is made of a URI has exactly the bytes of that URI.
 */
final class KernelPath {

    private static final HexFormat ESCAPE = HexFormat.of().withPrefix("%").withUpperCase();

    private KernelPath() {}

    /** The entry of this name, or of several names with slashes between them, in a folder. */
    static Path resolve(Path folder, String name) {
        if (name.chars().allMatch(character -> character > 0 && character < 128)) {
            return folder.resolve(name);
        }
        String parent = folder.toUri().getRawPath();
        byte[] bytes = name.replace('\0', '\ufffd').getBytes(StandardCharsets.UTF_8);
        String child = ESCAPE.formatHex(bytes).replace("%2F", "/");
        return Path.of(URI.create("file://" + parent + (parent.endsWith("/") ? "" : "/") + child));
    }
}
