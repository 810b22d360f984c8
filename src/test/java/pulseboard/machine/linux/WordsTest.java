package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final String TEXT = "SwapCached:  7 kB\nCached:   12 kB\npswpin 3\npswpout 18446744";

    @Test
    void keyIsFoundAtTheStartOfALineOnly() {
        assertEquals(7, behind(TEXT, "SwapCached:"));
        assertEquals(12, behind(TEXT, "Cached:"));
        assertEquals(3, behind(TEXT, "pswpin"));
    }

    @Test
    void lastLineNeedsNoLineEnd() {
        assertEquals(18446744, behind(TEXT, "pswpout"));
    }

    @Test
    void missingKeyIsMinusOne() {
        assertEquals(-1, behind(TEXT, "MemTotal:"));
        assertEquals(-1, behind("", "MemTotal:"));
    }

    private static long behind(String text, String key) {
        return Words.of(text).countsBehind(0, key)[0];
    }

    @Test
    void blankEndsAFieldAndNothingElseDoes() {
        Words words = Words.of("none /a\rb\tc  rw\nnext");
        words.nextLine();
        List<String> fields = new ArrayList<>();
        while (words.nextField()) {
            fields.add(words.text());
        }
        assertEquals(List.of("none", "/a\rb\tc", "", "rw"), fields);
        assertFalse(words.next());
        assertEquals("", words.text());
    }
}
