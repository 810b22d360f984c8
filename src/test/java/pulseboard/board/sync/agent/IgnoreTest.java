package pulseboard.board.sync.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The syntax of gitignore(5). Each row was held against {@code git check-ignore}. */
class IgnoreTest {

    @ParameterizedTest
    @CsvSource({
        "*.log, a.log, true",
        "*.log, x/a.log, true",
        "*.log, x.log/a, true",
        "/a, a, true",
        "/a, x/a, false",
        "x/a, x/a, true",
        "x/a, y/x/a, false",
        "build/, build, false",
        "build/, build/f, true",
        "a?c, abc, true",
        "a?c, a/c, false",
        "a*c, a/c, false",
        "[ab].txt, a.txt, true",
        "[!ab].txt, a.txt, false",
        "[a-c]x, bx, true",
        "**/foo, foo, true",
        "**/foo, x/y/foo, true",
        "x/**, x/y/z, true",
        "x/**, x, false",
        "x/**/z, x/z, true",
        "x/**/z, x/a/b/z, true",
        "x**z, x/z, false",
        "# a, # a, false",
        "\\#a, #a, true",
        "\\!a, !a, true",
        "a.txt, aXtxt, false",
        "'a ', a, true",
        "'a\\ ', 'a ', true",
        "[, [, false",
        "ü*, über, true",
    })
    void linesAreReadAsGitReadsThem(String line, String path, boolean isIgnored) {
        assertEquals(isIgnored, Ignore.of(line).isIgnored(path, false));
    }

    @Test
    void lastLineThatFitsCountsButNotBelowWhatIsIgnored() {
        Ignore ignore = Ignore.of("*.log\n!keep.log\nout/\n!out/keep.log\n");
        assertTrue(ignore.isIgnored("a.log", false));
        assertFalse(ignore.isIgnored("keep.log", false));
        assertTrue(ignore.isIgnored("out/keep.log", false));
    }

    @Test
    void onlyWhatIsMarkedMayGoWithItsDirectory() {
        Ignore ignore = Ignore.of("(?d)*.tmp\n*.log\n(?d)cache/\n");
        assertTrue(ignore.mayGo("x/a.tmp", false));
        assertTrue(ignore.mayGo("x/cache/deep/f", false));
        assertFalse(ignore.mayGo("x/a.log", false));
        assertFalse(ignore.mayGo("x/a", false));
    }
}
