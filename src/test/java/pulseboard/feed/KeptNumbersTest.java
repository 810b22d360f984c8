package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptNumbersTest {

    private static KeptNumbers kept(String patterns) {
        return KeptNumbers.of(patterns.split(" ", -1));
    }

    private static List<String> path(String text) {
        return text == null ? List.of() : List.of(text.split("/", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "**, cpu/busyPercent, true",
        "cpu.*, cpu/busyPercent, true",
        "cpu.*, cpu/cores/0, false",
        "cpu.*, cpu, false",
        "disks.*.readBytesPerSecond, disks/sd.a/readBytesPerSecond, true",
        "disks.*.readBytesPerSecond, disks/sda/ops, false",
        "!meta.** **, meta/cpu/ms, false",
        "!meta.** **, metal, true",
        "** !meta.**, meta/cpu/ms, true",
        "a.b, a/b, true",
        "a.b, a.b, false",
        "x, y, false",
    })
    void firstPatternThatFitsDecides(String patterns, String path, boolean isKept) {
        assertEquals(isKept, kept(patterns).keeps(path(path)));
    }

    @ParameterizedTest
    @CsvSource({
        "!meta.** **, meta, true",
        "!meta.** **, meta/cpu, true",
        "!meta.** **, cpu, false",
        "!meta.** **,, false",
        "cpu.*, disks, true",
        "cpu.*, cpu, false",
        "cpu.*, cpu/cores, true",
        "disks.*.ops, disks/sda, false",
        "!a.b.** a.**, a, false",
        "!a.b.** a.**, a/b, true",
    })
    void whatIsLeftOutWhollyNeedsNoLook(String patterns, String path, boolean isLeftOut) {
        assertEquals(isLeftOut, kept(patterns).leavesOutAllBelow(path(path)));
    }
}
