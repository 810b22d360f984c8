package pulseboard.web;

import java.util.Arrays;
import java.util.Locale;

/** What a {@link Value} counts, and how its figures look as text: three digits or so, like those of the page. */
enum Unit {
    PERCENT("percent") {
        @Override
        String text(double value) {
            return figure(value) + " %";
        }
    },
    NUMBER("number") {
        @Override
        String text(double value) {
            return value == Math.rint(value) ? whole(value) : fraction(value, value < 9.995 ? 2 : 1);
        }
    },
    CELSIUS("celsius") {
        @Override
        String text(double value) {
            return whole(value) + " °C";
        }
    },
    BYTES_PER_SECOND("bytesPerSecond") {
        @Override
        String text(double value) {
            double rest = value;
            int prefix = 0;
            while (rest >= 1023.5 && prefix < PREFIXES.length - 1) {
                rest /= 1024;
                prefix++;
            }
            return (prefix == 0 ? whole(rest) : figure(rest)) + " " + PREFIXES[prefix] + "B/s";
        }
    };

    private static final String[] PREFIXES = {"", "Ki", "Mi", "Gi", "Ti"};

    private final String word;

    Unit(String word) {
        this.word = word;
    }

    /** The one that programs know by this word; one that is not known here is a plain number. */
    static Unit of(String word) {
        return Arrays.stream(values())
                .filter(unit -> unit.word.equals(word))
                .findFirst()
                .orElse(NUMBER);
    }

    /** What programs know it by. */
    String word() {
        return word;
    }

    /** A figure with its unit. */
    abstract String text(double value);

    private static String figure(double value) {
        return value > 0 && value < 9.95 ? fraction(value, 1) : whole(value);
    }

    private static String whole(double value) {
        return fraction(value, 0);
    }

    private static String fraction(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
