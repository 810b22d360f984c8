package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KeyedNumbersTest {

    private static final String TEXT = "SwapCached:  7 kB\nCached:   12 kB\npswpin 3\npswpout 18446744";

    @Test
    void keyIsFoundAtTheStartOfALineOnly() {
        assertEquals(7, KeyedNumbers.get(TEXT, "SwapCached:"));
        assertEquals(12, KeyedNumbers.get(TEXT, "Cached:"));
        assertEquals(3, KeyedNumbers.get(TEXT, "pswpin "));
    }

    @Test
    void lastLineNeedsNoLineEnd() {
        assertEquals(18446744, KeyedNumbers.get(TEXT, "pswpout "));
    }

    @Test
    void missingKeyIsMinusOne() {
        assertEquals(-1, KeyedNumbers.get(TEXT, "MemTotal:"));
        assertEquals(-1, KeyedNumbers.get("", "MemTotal:"));
    }
}
