package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {

    /** As the shortest text of a number, without a point where it is whole: what a tree of JSON would be written as. */
    private static String expected(float value) {
        double exact = Double.parseDouble(Float.toString(value));
        return exact == Math.rint(exact) ? String.valueOf((long) exact) : String.valueOf(exact);
    }

    private static void check(float value) {
        StringBuilder text = new StringBuilder();
        Decimals.append(text, value);
        assertEquals(expected(value), text.toString());
    }

    @Test
    void numbersAreWrittenAsTheShortestTextThatTellsThemApart() {
        for (float value :
                new float[] {0, -0f, 1, -1, 0.1f, 0.05f, 0.001f, 0.0004f, -12.34f, 999.999f, 1000, (float) 24.7e9}) {
            check(value);
        }
        for (float edge : new float[] {Float.MIN_VALUE, Float.MAX_VALUE, 1e-3f, 9_999_999, 1e7f, 16_777_216}) {
            check(edge);
            check(Math.nextUp(edge == Float.MAX_VALUE ? 1 : edge));
            check(Math.nextDown(edge));
        }
        Random random = new Random(1);
        for (int number = 0; number < 200_000; number++) {
            check(random.nextInt(2_000_000) / 1000f);
            check(random.nextFloat() * 1000);
            check(Float.intBitsToFloat(random.nextInt(0x7f000000)));
        }
    }
}
