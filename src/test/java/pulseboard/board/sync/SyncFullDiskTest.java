package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pulseboard.NotTested;
import pulseboard.Program;
import pulseboard.Until;
import pulseboard.board.sync.wire.Invitation;

/** A disk that is full: one in memory, which only the agent and its namespace have. */
class SyncFullDiskTest extends SyncMachines {

    private static final int MEBIBYTE = 1 << 20;

    SyncFullDiskTest() {
        super("a");
    }

    /** What begins a program where that folder is such a disk. */
    private static List<String> starter(Path folder) {
        return List.of(
                "unshare",
                "-Urm",
                "sh",
                "-ec",
                "mount -t tmpfs -o size=8m,mode=0700 none \"$0\"; exec \"$@\"",
                folder.toString());
    }

    private static void requireNamespace(Path folder) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(starter(folder));
        command.add("true");
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            NotTested.because("a disk that is full. This machine does not let its users mount in a namespace");
        }
    }

    @Test
    void contentThatFindsTheDiskFullIsSaidAndComesWhenThereIsRoomAgain() throws Exception {
        Invitation invitation = sync.invitation();
        invitation.keep(root.resolve("coordinator/invitations"), "docs", System.currentTimeMillis());
        assertEquals("", sync.join("b", invitation));
        requireNamespace(sync.folder("b"));
        byte[] bytes = new byte[5 * MEBIBYTE];
        new Random(20).nextBytes(bytes);
        String[] arguments = {"sync", "agent", "--state", sync.state("b").toString()};
        try (Program agent = Program.startBy(starter(sync.folder("b")), Map.of("LC_ALL", "C.UTF-8"), arguments)) {
            sync.write("a", "small", "content");
            Path folder = agent.proc()
                    .resolve("root")
                    .resolve(Path.of("/").relativize(sync.folder("b").toRealPath()));
            Until.isTrue(
                    "it keeps the folder equal", () -> SyncCase.tree(folder).equals(sync.tree("a")));
            // Not in the tree, so that nobody is told of it.
            Path filler = Files.write(folder.resolve(".pulseboard-sync/filler"), new byte[5 * MEBIBYTE]);
            sync.write("a", "large", bytes);
            Until.isTrue("it is said", () -> "disk_full".equals(sync.node("b").getString("trouble")));
            assertFalse(Files.exists(folder.resolve("large")));
            assertEquals(SyncCase.hashOf("content"), SyncCase.tree(folder).get("small"));
            Files.delete(filler);
            Until.isTrue("it comes", () -> SyncCase.tree(folder).equals(sync.tree("a")));
            Until.isTrue("nothing is said any more", () -> !sync.node("b").containsKey("trouble"));
        }
    }
}
