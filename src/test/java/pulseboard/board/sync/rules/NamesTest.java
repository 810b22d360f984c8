package pulseboard.board.sync.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/x",
                "x/",
                "a//b",
                ".",
                "..",
                "../x",
                "a/../../x",
                "a/./b",
                "a\0b",
                ".pulseboard-sync",
                ".pulseboard-sync/parts/x",
                "bad\ud800name",
                "bad\ufffdname"
            })
    void pathThatLeadsElsewhereIsRefused(String path) {
        assertFalse(Names.isGood(path));
    }

    @Test
    void longNamesAreRefused() {
        assertTrue(Names.isGood("é".repeat(127)));
        assertFalse(Names.isGood("é".repeat(128)));
        assertFalse(Names.isGood("x".repeat(5_000)));
        assertFalse(Names.isGood("12345678/".repeat(500) + "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b",
                "é.txt",
                "e\u0301.txt",
                "\ud83d\ude00",
                "a\nb",
                "<script>alert(1)</script>",
                "...",
                "a\\b",
                ".git"
            })
    void strangeNamesAreNames(String path) {
        assertTrue(Names.isGood(path));
    }

    @Test
    void copyKeepsFolderAndEndingAndSaysWhose() {
        assertEquals("a/b.conflict-0123abcd-web1.txt", Names.conflictCopy("a/b.txt", "0123abcdef", "web1"));
        assertEquals("Makefile.conflict-0123abcd-web1", Names.conflictCopy("Makefile", "0123abcdef", "web1"));
        assertEquals("a.b/c.conflict-0123abcd-web1", Names.conflictCopy("a.b/c", "0123abcdef", "web1"));
        assertEquals("l.conflict-0000002e-web1", Names.conflictCopy("l", ".", "web1"));
        String copy = Names.conflictCopy("日".repeat(80) + ".txt", "0123abcdef", "a-device-with-a-rather-long-name");
        assertTrue(copy.getBytes(StandardCharsets.UTF_8).length <= 255 && copy.endsWith(".txt"), copy);
    }
}
