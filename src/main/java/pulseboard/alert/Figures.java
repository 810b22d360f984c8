package pulseboard.alert;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as people read them; the last word of a key is its unit. */
final class Figures {

    private static final String[] PREFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};

    private Figures() {}

    static String text(String key, @Nullable Object value) {
        if (!(value instanceof Number number)) {
            return String.valueOf(value);
        }
        double figure = number.doubleValue();
        if (key.endsWith("Percent")) {
            return whole(figure) + " %";
        }
        if (key.endsWith("celsius") || key.endsWith("Celsius")) {
            return whole(figure) + " °C";
        }
        if (key.endsWith("Milliseconds")) {
            return whole(figure) + " ms";
        }
        if (key.endsWith("Bytes")) {
            return bytes(figure);
        }
        return figure == Math.rint(figure) ? whole(figure) : String.format(Locale.ROOT, "%.2f", figure);
    }

    private static String bytes(double figure) {
        double rest = figure;
        int prefix = 0;
        while (rest >= 1023.5 && prefix < PREFIXES.length - 1) {
            rest /= 1024;
            prefix++;
        }
        return String.format(Locale.ROOT, rest < 9.95 && prefix > 0 ? "%.1f" : "%.0f", rest) + " " + PREFIXES[prefix]
                + "B";
    }

    private static String whole(double figure) {
        return String.format(Locale.ROOT, "%.0f", figure);
    }
}
