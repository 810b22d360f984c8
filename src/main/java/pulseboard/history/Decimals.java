package pulseboard.history;

/** Numbers as people write them, of as few digits as distinguish them from their neighbours. */
final class Decimals {

    /** Six digits: no two numbers of so few are the same float. */
    private static final int MOST_THOUSANDTHS = 1_000_000;

    private static final int THOUSAND = 1_000;

    /** From here on {@link Float#toString(float)} writes an exponent. */
    private static final float MOST_PLAIN = 1e7f;

    private static final float LEAST_PLAIN = 1e-3f;

    private Decimals() {}

    /** Appends a number; most have few decimals, which is much faster to find out than to write any number. */
    static void append(StringBuilder text, float value) {
        float size = Math.abs(value);
        if (size >= THOUSAND || !appendShort(text, value, size)) {
            text.append(text(value));
        }
    }

    private static boolean appendShort(StringBuilder text, float value, float size) {
        int thousandths = Math.round(size * THOUSAND);
        if (thousandths >= MOST_THOUSANDTHS || (float) (thousandths / (double) THOUSAND) != size) {
            return false;
        }
        if (value < 0) {
            text.append('-');
        }
        text.append(thousandths / THOUSAND);
        int rest = thousandths % THOUSAND;
        if (rest > 0) {
            text.append('.').append((char) ('0' + rest / 100));
            if (rest % 100 > 0) {
                text.append((char) ('0' + rest / 10 % 10));
            }
            if (rest % 10 > 0) {
                text.append((char) ('0' + rest % 10));
            }
        }
        return true;
    }

    /** The same for any number; no whole one has a point. */
    static String text(float value) {
        float size = Math.abs(value);
        String shortest = Float.toString(value);
        if (size >= LEAST_PLAIN && size < MOST_PLAIN) {
            return shortest.endsWith(".0") ? shortest.substring(0, shortest.length() - 2) : shortest;
        }
        // By way of its shortest text: what was 24.7e9 in seven digits shall not become 24700000256.
        double exact = Double.parseDouble(shortest);
        return exact == Math.rint(exact) ? Long.toString((long) exact) : Double.toString(exact);
    }
}
