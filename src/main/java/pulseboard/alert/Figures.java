package pulseboard.alert;

import java.math.BigDecimal;
import java.math.MathContext;
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
        if (key.endsWith("Bytes") || key.endsWith("BytesPerSecond")) {
            return bytes(figure) + (key.endsWith("Bytes") ? "" : "/s");
        }
        if (key.endsWith("Seconds")) {
            return Times.spoken((long) (figure * 1_000));
        }
        return figure == Math.rint(figure) ? whole(figure) : String.format(Locale.ROOT, "%.2f", figure);
    }

    /** To four digits. */
    static double rounded(double figure) {
        return Double.isFinite(figure) && figure != 0
                ? new BigDecimal(figure).round(new MathContext(4)).doubleValue()
                : 0;
    }

    /** As short as it is exact. */
    static String plain(double figure) {
        return figure == Math.rint(figure) && Math.abs(figure) < 1e15
                ? String.valueOf((long) figure)
                : String.valueOf(figure);
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
