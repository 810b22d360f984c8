package pulseboard.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.top.TextLine.Tone;

class SanitizerTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x90, 0x9b, 0x9d, 0xad, 0x200b, 0x200e, 0x202e, 0x2028,
                0x2066, 0xfeff, 0xe000, 0xfff9, 0xffff, 0xe0001, 0x10ffff, 0xd800, 0x301
            })
    void whatIsMoreThanASignIsAMark(int character) {
        assertEquals("a?b", Sanitizer.of("a" + Character.toString(character) + "b"));
    }

    @Test
    void signsOfAllLanguagesStay() {
        String text = "a Z9~ äßñ 中文 Ж ‰ €";
        assertEquals(text, Sanitizer.of(text));
    }

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abcd, 3, ab~", "中文字, 5, 中文~", "中文, 3, 中~", "abc, 1, ~", "abc, 0, ''"})
    void cutTextFits(String text, int columns, String cut) {
        assertEquals(cut, Sanitizer.cut(text, columns));
    }

    @Test
    void lineIsNeverLongerThanItsWidth() {
        TextLine line = new TextLine(10)
                .field("名前名前", 5, Tone.PLAIN)
                .right("1.5 GiB", 9, Tone.GOOD)
                .add("more");
        assertEquals(10, Sanitizer.width(line.encode(false)));
        assertEquals(0, line.left());
    }

    @Test
    void colourIsOnlyWhereItIsWanted() {
        TextLine line = new TextLine(20).add("a\u001b[31mb", Tone.ALARM).add("c");
        assertEquals("\u001b[31ma?[31mb\u001b[0mc", line.encode(true));
        assertEquals("a?[31mbc", line.encode(false));
    }

    @Test
    void everySizeOfScreenIsFilledAndNoneOverflows() {
        Panels panels = new Panels(true, new Keyboard());
        ServerState state = new ServerState("http://a/", TestStates.HOST, TestStates.PROCESSES, null, 0, null, "", "");
        for (int columns : List.of(20, 40, 80, 91, 92, 93, 200, 400)) {
            for (int rows : List.of(4, 5, 10, 24, 60)) {
                panels.remember(state);
                List<TextLine> lines = panels.draw(state, columns, rows, 1);
                assertEquals(rows, lines.size());
                for (TextLine line : lines) {
                    String text = line.encode(false);
                    assertFalse(Sanitizer.width(text) > columns, columns + ": " + text);
                }
            }
        }
    }

    @Test
    void barsAndLinesAreAsciiWhereThereIsNothingElse() {
        ServerState state = new ServerState("http://a/", TestStates.HOST, TestStates.PROCESSES, null, 0, null, "", "");
        Panels panels = new Panels(false, new Keyboard());
        panels.remember(state);
        for (TextLine line : panels.draw(state, 100, 40, 1)) {
            assertEquals("", line.encode(true).replaceAll("[\u001b -~]", ""));
        }
    }

    @Test
    void processesAreSortedByWhatIsWanted() {
        ServerState state = new ServerState("http://a/", TestStates.HOST, TestStates.PROCESSES, null, 0, null, "", "");
        Keyboard keyboard = new Keyboard();
        Panels panels = new Panels(true, keyboard);
        assertEquals(List.of("eager", "large"), TestStates.names(panels.draw(state, 100, 40, 1)));
        keyboard.press('p');
        assertEquals(List.of("large", "eager"), TestStates.names(panels.draw(state, 100, 40, 1)));
    }
}
