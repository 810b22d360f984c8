package pulseboard.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Which forms of an answer a client takes. */
final class Encodings {

    private Encodings() {}

    /**
     * Whether the header Accept-Encoding has this one, and not with a weight of 0 (RFC 9110, 12.5.3).
     *
     * @param list the header; null accepts none
     */
    static boolean accepts(@Nullable String list, String encoding) {
        return list != null
                && Arrays.stream(list.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(String::strip)
                        .anyMatch(each -> each.equals(encoding)
                                || (each.startsWith(encoding + ";")
                                        && !each.replace(" ", "").matches(encoding + ";q=0(\\.0{0,3})?")));
    }

    /** Compressed with gzip: some milliseconds for each megabyte. */
    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
