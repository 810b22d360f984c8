package pulseboard.machine.linux;

import java.nio.charset.StandardCharsets;

/** Text of the kernel's files, which is UTF-8 but where people named something in another encoding. */
final class Utf8 {

    private Utf8() {}

    /** The text; a run of bytes that is none is one replacement character, as elsewhere in Prometheus's world. */
    static String text(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : text.replaceAll("\uFFFD+", "\uFFFD");
    }
}
