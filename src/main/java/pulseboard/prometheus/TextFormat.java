package pulseboard.prometheus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes metrics as text: Prometheus's format 0.0.4, or OpenMetrics 1.0. Of both only what these metrics need: no exemplars, no
 * times, no units. See <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>.
 */
final class TextFormat {

    private static final int FIRST_BYTES = 1 << 16;
    private static final int MOST_DIGITS = 20;
    private static final long EXACT = 1L << 53;
    private static final double NANO = 1e9;
    private static final byte[] END = {'#', ' ', 'E', 'O', 'F', '\n'};

    private final boolean openMetrics;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    private TextFormat(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /** The text of these families, UTF-8. */
    static byte[] write(List<MetricFamily> families, boolean openMetrics) {
        TextFormat format = new TextFormat(openMetrics);
        for (MetricFamily family : families) {
            format.add(family);
        }
        if (openMetrics) {
            format.add(END);
        }
        return Arrays.copyOf(format.bytes, format.length);
    }

    private void add(MetricFamily family) {
        String name = openMetrics
                ? family.name()
                        .substring(
                                0,
                                family.name().length() - family.kind().ending().length())
                : family.name();
        StringBuilder header =
                new StringBuilder(160).append("# HELP ").append(name).append(' ');
        Series.escape(family.help(), openMetrics, header);
        header.append("\n# TYPE ")
                .append(name)
                .append(' ')
                .append(
                        openMetrics
                                ? family.kind().openMetrics()
                                : family.kind().text())
                .append('\n');
        add(header.toString().getBytes(StandardCharsets.UTF_8));
        for (int index = 0; index < family.size(); index++) {
            add(family.series(index).text());
            add(family.value(index));
            bytes[length++] = '\n';
        }
    }

    private void add(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    /** Room for so many bytes, a number and a line feed. */
    private void ensure(int more) {
        if (length + more + 2 * MOST_DIGITS > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more + 2 * MOST_DIGITS));
        }
    }

    /** Whole numbers and decimal fractions by hand: {@link Double#toString(double)} is the most expensive part of a text. */
    private void add(double value) {
        long whole = (long) value;
        if (whole == value && whole < EXACT && whole > -EXACT) {
            addWhole(whole);
        } else if (value < EXACT / NANO && value > -EXACT / NANO && isDecimal(value)) {
            addDecimal(Math.round(value * NANO));
        } else if (Double.isInfinite(value)) {
            add(value > 0 ? "+Inf" : "-Inf");
        } else {
            add(Double.toString(value));
        }
    }

    private void add(String text) {
        add(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether nine decimal places are exact. A quotient of two exact numbers is what a reader makes of the same digits. */
    private static boolean isDecimal(double value) {
        return Math.round(value * NANO) / NANO == value;
    }

    private void addWhole(long value) {
        long rest = value;
        if (value < 0) {
            bytes[length++] = '-';
            rest = -value;
        }
        int end = length + 1;
        for (long more = rest / 10; more > 0; more /= 10) {
            end++;
        }
        length = end;
        do {
            bytes[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private void addDecimal(long billionths) {
        long rest = billionths;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        addWhole(rest / (long) NANO);
        bytes[length++] = '.';
        rest %= (long) NANO;
        for (long place = (long) NANO / 10; rest > 0; place /= 10) {
            bytes[length++] = (byte) ('0' + rest / place);
            rest %= place;
        }
    }
}
