package pulseboard.top;

import java.util.Locale;

/** Numbers as people read them, in a few characters. */
final class Formatter {

    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Formatter() {}

    static String percent(double value) {
        return fraction(value, value > 0 && value < 9.95 ? 1 : 0) + " %";
    }

    static String bytes(double value) {
        double rest = value;
        int prefix = 0;
        while (rest >= 1023.5 && prefix < BINARY.length - 1) {
            rest /= 1024;
            prefix++;
        }
        return fraction(rest, prefix > 0 && rest < 9.95 ? 1 : 0) + " " + BINARY[prefix];
    }

    static String load(double value) {
        return fraction(value, 2);
    }

    static String whole(double value) {
        return fraction(value, 0);
    }

    /** The two largest parts: "3 d 4 h". */
    static String duration(long milliseconds) {
        long seconds = Math.max(0, milliseconds / 1000);
        long[] counts = {seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60};
        String[] units = {"d", "h", "min", "s"};
        for (int i = 0; i < counts.length - 1; i++) {
            if (counts[i] > 0) {
                return counts[i] + " " + units[i] + " " + counts[i + 1] + " " + units[i + 1];
            }
        }
        return seconds + " s";
    }

    private static String fraction(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
