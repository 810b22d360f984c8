package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.s3.S3Server;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** Remotes of other kinds than WebDAV, each a real server, by both rclones: paused in the middle of a file, all arrive whole all the same. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class RemotesTest {

    private static final int FILES = 5;
    private static final int BYTES = 3_000_000;
    private static final long SLOW = 4_000_000;

    @TempDir
    private Path folder;

    /** Two names that some remotes cannot have, and files of a size at which a pause comes in their middle. */
    private UploadsCase files(RcloneTools rclone, String remotes) throws IOException {
        UploadsCase files = new UploadsCase(folder, rclone, remotes);
        files.file("a folder/with ü, 100 % & 'quotes'", 5);
        files.file("empty", 0);
        for (int number = 0; number < FILES; number++) {
            files.file("f" + number, BYTES + number);
        }
        return files;
    }

    private static void requireUploaded(RcloneTools rclone, UploadsCase files, Path there) throws Exception {
        files.open();
        files.limit(SLOW);
        files.tell(Command.START);
        files.await("some have arrived", () -> files.count("uploaded") >= 2 && files.isAtOne());
        files.tell(Command.PAUSE);
        files.await("it is paused", () -> files.shown().getString("phase", "").equals("paused"));
        if (rclone
                == RcloneTools
                        .NEWEST) { // The older one may have begun with a file that nobody has seen; it is sent anew.
            requireNothingHalf(files, there);
        }
        files.limit(0);
        files.tell(Command.RESUME);
        files.awaitEnd("done");
        assertEquals(
                FILES + 2, files.count("processed")); // One may have arrived as it was stopped, before rclone said so.
        assertEquals(List.of(), files.errors());
        assertEquals(FILES + 2, requireNothingHalf(files, there));
    }

    private static int requireNothingHalf(UploadsCase files, Path there) throws IOException {
        int count = 0;
        try (Stream<Path> all = Files.walk(there)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path source = files.source().resolve(there.relativize(file).toString());
                assertArrayEquals(Files.readAllBytes(source), Files.readAllBytes(file), file.toString());
                count++;
            }
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void sftp(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"), "sftp", rclone);
                UploadsCase files = files(rclone, server.remote("dav", server.port()))) {
            requireUploaded(rclone, files, server.folder().resolve("in"));
        }
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void s3(RcloneTools rclone) throws Exception {
        try (S3Server server = new S3Server(folder.resolve("server"))) {
            Path there = server.bucket("photos").resolve("in");
            String remotes = "[s3]\ntype = s3\nprovider = Other\nendpoint = " + server.address()
                    + "\naccess_key_id = " + S3Server.KEY + "\nsecret_access_key = " + S3Server.SECRET
                    + "\n[dav]\ntype = alias\nremote = s3:photos\n";
            try (UploadsCase files = files(rclone, remotes)) {
                requireUploaded(rclone, files, there);
            }
        }
    }

    /** Figures are those of the files here, whatever is sent. */
    private void requireCounted(RcloneTools rclone, DavServer server, String remote) throws Exception {
        try (UploadsCase files = files(rclone, server.remote("far", server.port()) + "[dav]\n" + remote)) {
            files.open();
            files.limit(2 * SLOW); // So that it is seen on its way, too.
            files.upload("done");
            assertEquals(FILES + 2, files.count("uploaded"));
            assertEquals(List.of(), files.errors());
            assertEquals(100.0, files.shown().getJsonObject("bytes").getDouble("percent"));
            long all = (long) FILES * BYTES + FILES * (FILES - 1) / 2 + 5;
            assertEquals(all, files.shown().getJsonObject("bytes").getLong("done"));
            assertEquals(all, files.account("dav").getLong("usedBytes"));
            files.await(
                    "nothing waits", () -> files.shown().getJsonObject("queue").getInteger("files") == 0);
        }
    }

    /** What is sent is larger than the file, and its name another one. */
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void encrypted(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"))) {
            requireCounted(
                    rclone, server, "type = crypt\nremote = far:secret\npassword = " + DavServer.obscured() + "\n");
        }
    }

    /** A file is several files there, which the older rclone counts beside it. */
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void inChunks(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"))) {
            requireCounted(rclone, server, "type = chunker\nremote = far:chunks\nchunk_size = 700Ki\n");
            try (Stream<Path> all = Files.walk(server.folder().resolve("chunks"))) {
                long chunks = all.filter(file -> file.toString().contains("rclone_chunk."))
                        .count();
                assertEquals(FILES * (BYTES / (700 * 1_024) + 1), chunks);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void unionOfTwoFolders(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"))) {
            Files.createDirectories(server.folder().resolve("two"));
            requireCounted(rclone, server, "type = union\nupstreams = far:one far:two\ncreate_policy = ff\n");
        }
    }
}
