package pulseboard.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextFormatTest {

    private static String text(Families families, boolean openMetrics) {
        return new String(TextFormat.write(families.snapshot(), openMetrics), StandardCharsets.UTF_8);
    }

    private static double parsed(double value) {
        Families families = new Families();
        families.gauge("g", "Help.").add(value);
        String text = text(families, false);
        String number = text.substring(text.lastIndexOf(' ') + 1).strip();
        return Double.parseDouble(number.replace("Inf", "Infinity"));
    }

    @Test
    void everyNumberIsReadAsItWas() {
        for (double value : new double[] {
            0,
            1,
            -1,
            0.1,
            -0.1,
            123.45,
            1e-9,
            4.9e-324,
            1e15,
            9007199254740992.0,
            1.8446744073709552e19,
            1e300,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            9007199.25474099,
            -0.000000001
        }) {
            assertEquals(value, parsed(value));
        }
        Random random = new Random(7);
        for (int round = 0; round < 200_000; round++) {
            long whole = random.nextLong() >> random.nextInt(64);
            double value = switch (round % 4) {
                case 0 -> whole;
                case 1 -> whole / 100.0;
                case 2 -> whole / 1e9;
                default -> Double.longBitsToDouble(whole);
            };
            if (!Double.isNaN(value)) {
                assertEquals(value, parsed(value));
            }
        }
    }

    @Test
    void bothFormatsHaveTheirOwnNamesOfKindsAndFamilies() {
        Families families = new Families();
        families.counter("c_total", "A \\ \"b\".").add(2, "l", "a\"b\\c\nd");
        families.info("i_info", "Info.").add(1, "version", "1");
        families.untyped("u", "Untyped.").add(0.5);
        families.histogram("h", "Histogram.")
                .add("_bucket", 3, "le", "+Inf")
                .add("_count", 3)
                .add("_sum", 1.5);
        assertEquals("""
                # HELP c_total A \\\\ "b".
                # TYPE c_total counter
                c_total{l="a\\"b\\\\c\\nd"} 2
                # HELP i_info Info.
                # TYPE i_info gauge
                i_info{version="1"} 1
                # HELP u Untyped.
                # TYPE u untyped
                u 0.5
                # HELP h Histogram.
                # TYPE h histogram
                h_bucket{le="+Inf"} 3
                h_count 3
                h_sum 1.5
                """, text(families, false));
        String open = text(families, true);
        for (String line : new String[] {
            "# HELP c A \\\\ \\\"b\\\".",
            "# TYPE c counter",
            "# TYPE i info",
            "# TYPE u unknown",
            "# TYPE h histogram",
            "# EOF"
        }) {
            assertTrue(open.contains(line + "\n"), line + " in " + open);
        }
    }

    @Test
    void seriesThatIsFoundAgainIsTheSameAndOneThatHasGoneIsForgotten() {
        Families families = new Families();
        families.gauge("g", "Help.").add(1, "d", "a").add(2, "d", "b").add(3, "d", "c");
        MetricFamily first = families.snapshot().get(0);
        families.begin();
        families.gauge("g", "Help.")
                .add(5, "d", "c")
                .add(4, "d", "a")
                .add(9, "d", "a")
                .add(Double.NaN, "d", "b");
        MetricFamily second = families.snapshot().get(0);
        assertEquals(2, second.size(), "of two alike the first stays, and what is no number is left out");
        assertSame(first.series(2), second.series(0));
        assertSame(first.series(0), second.series(1));
        assertEquals(4, second.value(1));
        assertEquals(1, first.value(0), "what was told stays as it was");
        families.begin();
        assertTrue(families.snapshot().isEmpty());
    }
}
