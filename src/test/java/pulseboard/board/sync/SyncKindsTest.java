package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import pulseboard.Until;

/** What is kept of things that are no ordinary files, and what is left out. */
class SyncKindsTest extends SyncMachines {

    private static final long SIZE = 32L << 20;

    SyncKindsTest() {
        super("a", "b");
    }

    private static String run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    private String there(String path) {
        return sync.folder("b").resolve(path).toString();
    }

    @Test
    void holesStayHoles() throws Exception {
        Path file = sync.folder("a").resolve("holes");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at : new long[] {0, SIZE / 2, SIZE - 5}) {
                int unused = channel.write(ByteBuffer.wrap("words".getBytes(StandardCharsets.UTF_8)), at);
            }
        }
        Path copy = Path.of(there("holes"));
        Until.isTrue("all of it comes", () -> Files.exists(copy) && Files.mismatch(file, copy) < 0);
        long bytes = 512 * Long.parseLong(run("stat", "-c", "%b", copy.toString()));
        assertTrue(bytes < SIZE / 4, () -> bytes + " bytes on the disk");
    }

    @Test
    void emptyDirectoriesAndLinksComeAndRightsOfOthersAndPipesDoNot() throws Exception {
        Path folder = sync.folder("a");
        Files.createDirectories(folder.resolve("empty/inside"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere/at all"));
        Files.createSymbolicLink(folder.resolve("outside"), Path.of("/etc"));
        run("mkfifo", folder.resolve("pipe").toString());
        Files.writeString(folder.resolve("program"), "#!/bin/sh\n");
        run("chmod", "4750", folder.resolve("program").toString());
        Until.isTrue("the program comes", () -> Files.exists(Path.of(there("program"))));
        Until.isTrue("directories come", () -> Files.isDirectory(Path.of(there("empty/inside"))));
        Until.isTrue(
                "links come",
                () -> Files.isSymbolicLink(Path.of(there("dangling")))
                        && Files.isSymbolicLink(Path.of(there("outside"))));
        assertEquals(
                "nowhere/at all",
                Files.readSymbolicLink(Path.of(there("dangling"))).toString());
        Until.isTrue(
                "its mode comes",
                () -> run("stat", "-c", "%a", there("program")).equals("750"));
        sync.act("rescan", new io.vertx.core.json.JsonObject().put("node", "a"));
        Until.isTrue("the pipe is counted", () -> sync.node("a").getInteger("skippedFiles") == 1);
        assertTrue(Files.notExists(Path.of(there("pipe")), LinkOption.NOFOLLOW_LINKS));
    }
}
