package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    @Test
    void shortFormSaysAll() {
        Threshold threshold = Threshold.of("above 93 for 2m clear 85 clearFor 1h");
        assertEquals(new Condition("above", "93"), threshold.when());
        assertEquals(new Condition("below", "85"), threshold.until());
        assertEquals(TimeUnit.MINUTES.toMillis(2), threshold.forMilliseconds());
        assertEquals(TimeUnit.HOURS.toMillis(1), threshold.clearForMilliseconds());
    }

    @Test
    void whatIsLeftOutIsTheOpposite() {
        Threshold above = Threshold.of("above 93");
        assertFalse(above.until().holds(93.1));
        assertTrue(above.until().holds(93));
        Threshold below = Threshold.of("below 10 for 30s");
        assertTrue(below.until().holds(10));
        assertFalse(below.until().holds(9.9));
        assertEquals(30_000, below.clearForMilliseconds());
        assertTrue(Threshold.of("is failed").until().holds("running"));
        assertTrue(Threshold.of("present").until().holds(null));
    }

    @Test
    void valueOfAnotherTypeIsNothing() {
        assertFalse(new Condition("above", "1").holds("2"));
        assertFalse(new Condition("above", "1").holds(null));
        assertFalse(new Condition("isNot", "x").holds(null));
        assertTrue(new Condition("is", "true").holds(true));
        assertTrue(new Condition("is", "1").holds(1.0));
        assertFalse(new Condition("absent", "").holds("there"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "above",
                "above x",
                "over 3",
                "above 3 for",
                "above 3 for 2",
                "above 3 for 2d",
                "above 3 soon 5m",
                "above 3 clear x"
            })
    void whatIsNoThresholdIsRefusedInWords(String text) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Threshold.of(text))
                .getMessage());
        assertFalse(message.isBlank());
    }
}
