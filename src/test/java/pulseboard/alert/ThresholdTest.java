package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.alert.Condition.How;

class ThresholdTest {

    @Test
    void shortFormSaysAll() {
        Threshold threshold = Threshold.of("above 93 for 2m clear 85 clearFor 1h");
        assertEquals(Condition.of(How.ABOVE, "93"), threshold.when());
        assertTrue(threshold.until().holds(85));
        assertFalse(threshold.until().holds(85.1));
        assertEquals(TimeUnit.MINUTES.toMillis(2), threshold.forMilliseconds());
        assertEquals(TimeUnit.HOURS.toMillis(1), threshold.clearForMilliseconds());
    }

    @Test
    void whatIsLeftOutIsTheOppositeAndTwoHundredthsAway() {
        Threshold above = Threshold.of("above 50");
        assertFalse(above.until().holds(49.1));
        assertTrue(above.until().holds(49));
        Threshold below = Threshold.of("below 10 for 30s");
        assertTrue(below.until().holds(10.2));
        assertFalse(below.until().holds(10.1));
        assertEquals(30_000, below.clearForMilliseconds());
        assertTrue(Threshold.of("is failed").until().holds("running"));
        assertTrue(Threshold.of("present").until().holds(null));
    }

    @Test
    void valueOfAnotherTypeIsNothing() {
        assertFalse(Condition.of(How.ABOVE, "1").holds("2"));
        assertFalse(Condition.of(How.ABOVE, "1").holds(null));
        assertFalse(Condition.of(How.IS_NOT, "x").holds(null));
        assertTrue(Condition.of(How.IS, "true").holds(true));
        assertTrue(Condition.of(How.IS, "1").holds(1.0));
        assertFalse(Condition.of(How.ABSENT).holds("there"));
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
                "above 3 for 2w",
                "above 3 soon 5m",
                "above 3 clear x"
            })
    void whatIsNoThresholdIsRefusedInWords(String text) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Threshold.of(text))
                .getMessage());
        assertFalse(message.isBlank());
    }
}
