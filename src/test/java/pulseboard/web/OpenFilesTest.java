package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {

    private static String limits(String soft) {
        return "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max processes             96365                96365                processes\n"
                + "Max open files            " + soft + "                 unlimited            files\n";
    }

    @Test
    void asManyAsAreWantedAreLetInWhereThereIsRoom() {
        assertEquals(1256, OpenFiles.connections(1256, limits("1416")));
        assertEquals(1256, OpenFiles.connections(1256, limits("unlimited")));
        assertEquals(1256, OpenFiles.connections(1256, limits("1073741816")));
        assertEquals(1256, OpenFiles.connections(1256, "a kernel that does not say"));
        assertEquals(3, OpenFiles.connections(3, limits("20")));
    }

    @Test
    void fewerAreLetInWhereThereIsLessRoomAndItIsSaid() {
        try (CapturedLog log = new CapturedLog()) {
            assertEquals(1255, OpenFiles.connections(1256, limits("1415")));
            assertEquals(16, OpenFiles.connections(1256, limits("20")), "not fewer than let a page in");
            assertEquals(
                    List.of(
                            "WARN pulseboard.web.OpenFiles - No more than 1255 connections are let in, of 1256 by"
                                    + " web.maxViewers: a process may have 1415 open files here, and needs 1416; raise that"
                                    + " with ulimit -Hn, or LimitNOFILE= of a service, or lower web.maxViewers",
                            "WARN pulseboard.web.OpenFiles - No more than 16 connections are let in, of 1256 by"
                                    + " web.maxViewers: a process may have 20 open files here, and needs 1416; raise that"
                                    + " with ulimit -Hn, or LimitNOFILE= of a service, or lower web.maxViewers"),
                    log.lines(Level.WARN));
        }
    }
}
