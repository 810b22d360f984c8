package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {

    private final CapturedLog log = new CapturedLog();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // System.nanoTime() may be about to wrap.
    private final Warnings warnings = new Warnings(nanos::get);

    @AfterEach
    void releaseLog() {
        log.close();
    }

    private String onlyLine() {
        List<String> lines = log.lines(Level.TRACE);
        assertEquals(1, lines.size(), lines::toString);
        return lines.get(0);
    }

    private void passSeconds(int seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void firstRefusalIsToldAtOnce() {
        warnings.refused("an origin", "http://a.example");
        assertEquals(
                "WARN pulseboard.web.Warnings - Refused an origin: http://a.example (0 more since the last such line)",
                onlyLine());
    }

    @Test
    void oneLineIsWrittenInTenSeconds() {
        for (int i = 0; i < 1000; i++) {
            warnings.refused("a send", "x");
        }
        passSeconds(Warnings.INTERVAL_SECONDS - 1);
        warnings.refused("a send", "x");
        onlyLine();
    }

    /** Whoever found a fault of ours may ask for it again and again. */
    @Test
    void faultOfOursMakesOneLineInTenSecondsToo() {
        for (int i = 0; i < 1000; i++) {
            warnings.broke("GET /a", new IllegalStateException("x"));
        }
        assertEquals("ERROR pulseboard.web.Warnings - GET /a failed (0 more since the last such line)", onlyLine());
        passSeconds(Warnings.INTERVAL_SECONDS);
        warnings.broke("GET /b", null);
        assertTrue(log.lines(Level.ERROR).get(1).endsWith("GET /b failed (999 more since the last such line)"));
    }

    @Test
    void nextLineCountsWhatWasLeftOut() {
        for (int i = 0; i < 8; i++) {
            warnings.refused("a send", "x");
        }
        passSeconds(Warnings.INTERVAL_SECONDS);
        warnings.refused("a frame", "y");
        assertTrue(log.lines(Level.WARN).get(1).endsWith("Refused a frame: y (7 more since the last such line)"));

        passSeconds(Warnings.INTERVAL_SECONDS);
        warnings.refused("a frame", "z");
        assertTrue(log.lines(Level.WARN).get(2).contains("(0 more "), "each is counted once");
    }

    @ParameterizedTest
    @ValueSource(
            chars = {
                '\n', '\r', '\t', '\0', '\u001b', '\u007f', '\u0085', '\u009b', '\u2028', '\u2029', '\u202e', '\ufeff'
            })
    void characterThatCouldForgeOrHideALineIsReplaced(char character) {
        warnings.refused("a send", "a" + character + "b");
        assertTrue(onlyLine().contains(": a?b ("), this::onlyLine);
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        warnings.refused("a send", "bürö {} %s 文 %n");
        assertTrue(onlyLine().contains(": bürö {} %s 文 %n ("), this::onlyLine);
    }

    @Test
    void longTextIsCut() {
        warnings.refused("a send", "x".repeat(100_000));
        assertTrue(onlyLine().length() < 300);
    }

    @Test
    void failureIsToldWithItsPlaceInOneLine() {
        warnings.failed(new IllegalStateException("two\nlines"));
        String line = onlyLine();
        assertTrue(line.contains("java.lang.IllegalStateException: two?lines at pulseboard.web.WarningsTest."), line);
    }
}
