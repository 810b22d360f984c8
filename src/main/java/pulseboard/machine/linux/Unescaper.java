package pulseboard.machine.linux;

import java.nio.charset.StandardCharsets;

/** In tables of mounts the kernel writes space, tab, line feed, backslash and, in some, the number sign as three octal digits of a byte. */
final class Unescaper {

    private static final int DIGITS = 3;

    private Unescaper() {}

    /** The text as it was; what is no escape stays as it is. */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            int octal = bytes[at] == '\\' && at + DIGITS < bytes.length ? octal(bytes, at + 1) : -1;
            bytes[length++] = octal < 0 ? bytes[at] : (byte) octal;
            at += octal < 0 ? 0 : DIGITS;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int octal(byte[] bytes, int from) {
        int value = 0;
        for (int at = from; at < from + DIGITS; at++) {
            int digit = bytes[at] - '0';
            value = digit < 0 || digit > 7 || value < 0 ? -1 : value * 8 + digit;
        }
        return value;
    }
}
