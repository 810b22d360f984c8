package pulseboard.board.uploads.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UploadsConfigTest {

    private static final String KEY = "uploads.uploaders.media";

    private static void refuses(UploaderConfig config, String complaint) {
        String said = String.valueOf(assertThrows(IllegalArgumentException.class, () -> config.check(KEY))
                .getMessage());
        assertTrue(said.startsWith(complaint), said);
    }

    private static UploaderConfig of(String source, String target, String kind, List<String> flags) {
        UploaderConfig some = UploaderConfig.DEFAULT;
        return new UploaderConfig(
                source,
                target,
                List.of(),
                kind,
                List.of(),
                List.of(),
                "fit",
                "200 GB",
                4,
                some.startBytes(),
                List.of(),
                "",
                flags);
    }

    @Test
    void whatCannotBeIsNamedWithItsSetting() {
        of("/srv", "drive:Media", "move", List.of("BufferSize=8M")).check(KEY);
        refuses(of("", "drive:", "copy", List.of()), KEY + ".source must be a folder");
        refuses(of("/srv", "Media", "copy", List.of()), KEY + ".target must be a remote");
        refuses(of("/srv", "drive:", "sync", List.of()), KEY + ".kind must be one of copy, move");
        refuses(of("/srv", "drive:", "copy", List.of("MaxTransfer=1G")), KEY + ".flags must be among");
    }

    @Test
    void addressOfAnAttachedRcloneHoldsNoPassword() {
        String key = "uploads.attached.a";
        new AttachedConfig("http://127.0.0.1:5572/base", "me", "/etc/rc").check(key);
        for (String wrong :
                List.of("", "127.0.0.1:5572", "ftp://a/", "http://me:secret@a/", "http://a/?b", "http://")) {
            AttachedConfig config = new AttachedConfig(wrong, "", "");
            String said = String.valueOf(assertThrows(IllegalArgumentException.class, () -> config.check(key))
                    .getMessage());
            assertTrue(said.startsWith(key + ".url must be an address"), said);
        }
        assertThrows(IllegalArgumentException.class, () -> new AttachedConfig("http://a/", "", "/etc/rc").check(key));
    }

    @Test
    void sizesAreDecimalOrBinaryAsTheySay() {
        assertEquals(750_000_000_000L, ByteSize.of("750 GB"));
        assertEquals(1L << 30, ByteSize.of("1GiB"));
        assertEquals(1_500L, ByteSize.of("1.5 kB"));
        assertEquals(42, ByteSize.of("42"));
        for (String wrong : List.of("", "-1", "10 M", "many", "99999999 PB")) {
            assertThrows(IllegalArgumentException.class, () -> ByteSize.of(wrong), wrong);
        }
    }

    @Test
    void aTimetableGoesRoundTheClock() {
        LimitTable table = LimitTable.ofTimes("uploads.timetable", List.of("08:00 10 MB", "23:00 off"));
        assertEquals(OptionalLong.of(10_000_000), table.at(LocalTime.of(8, 0).toSecondOfDay()));
        assertEquals(OptionalLong.empty(), table.at(LocalTime.of(23, 0).toSecondOfDay()));
        assertEquals(OptionalLong.empty(), table.at(LocalTime.of(7, 59).toSecondOfDay()));
        LimitTable streams = LimitTable.ofCounts("uploads.streamsLimits", List.of("1 50 MB", "3 30 MB"));
        assertEquals(OptionalLong.empty(), streams.at(0));
        assertEquals(OptionalLong.of(50_000_000), streams.at(2));
        assertEquals(OptionalLong.of(30_000_000), streams.last());
    }

    @Test
    void timesMayBePastMidnight() {
        assertTrue(TimeSpan.hold(List.of("22:00-06:00"), LocalTime.of(5, 59)));
        assertFalse(TimeSpan.hold(List.of("22:00-06:00"), LocalTime.of(6, 0)));
        assertTrue(TimeSpan.hold(List.of(), LocalTime.of(12, 0)));
        assertThrows(IllegalArgumentException.class, () -> TimeSpan.of("x", "late"));
        ZonedDateTime noon = ZonedDateTime.parse("2026-11-30T12:00+01:00[Europe/Berlin]");
        assertEquals(Optional.empty(), TimeSpan.nextBegin(List.of(), noon));
        assertEquals(Optional.empty(), TimeSpan.nextBegin(List.of("12:00-13:00"), noon));
        assertEquals(Optional.of(noon.plusHours(2)), TimeSpan.nextBegin(List.of("11:00-12:00", "14:00-15:00"), noon));
        assertEquals(Optional.of(noon.plusHours(23)), TimeSpan.nextBegin(List.of("11:00-12:00"), noon));
    }
}
