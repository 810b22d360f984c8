package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.Until;
import pulseboard.board.s3.CephServer;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.CephAccounts;
import pulseboard.board.uploads.RcloneTools;

/** Parts that an S3 server keeps of a file that was cut off are taken away, and those of others stay. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenPartsTest {

    private static final int LARGE = 12_000_000;
    private static final long BEGUN = 1_796_000_000_000L;
    private static final String NOW = Instant.ofEpochMilli(BEGUN + 1_000).toString();

    @TempDir
    private Path folder;

    private static JsonObject upload(String key, String at) {
        return new JsonObject().put("Key", key).put("Initiated", at).put("UploadId", "some");
    }

    private static List<String> ours(List<String> paths, JsonObject... uploads) {
        return OpenParts.ours(new JsonObject().put("bucket", new JsonArray(List.of(uploads))), paths, BEGUN);
    }

    @Test
    void oursAreThoseOfFilesOfTheStageThatWereBegunSinceIt() {
        assertEquals(List.of("a/b"), ours(List.of("a/b", "c"), upload("in/a/b", NOW), upload("in/d", NOW)));
        assertEquals(List.of("c"), ours(List.of("c"), upload("c", NOW)));
        String before = Instant.ofEpochMilli(BEGUN - 7_200_000).toString();
        assertEquals(List.of(), ours(List.of("c"), upload("in/c", before)));
        assertEquals(List.of(), ours(List.of("c"), upload("in/c", before), upload("in/c", NOW)));
        assertEquals(List.of(), ours(List.of("c"), upload("in/c", "never")));
        assertEquals(List.of(), ours(List.of("c"), upload("in/ac", NOW)));
    }

    /** rclone takes away all that begins with a name. */
    @Test
    void whereThoseOfOthersWouldGoWithThemTheyStay() {
        assertEquals(List.of(), ours(List.of("c1"), upload("in/c1", NOW), upload("in/c12", NOW)));
        assertEquals(List.of("c1", "c12"), ours(List.of("c1", "c12"), upload("in/c1", NOW), upload("in/c12", NOW)));
    }

    @Test
    void itIsTakenAwayBelowTheNameOfTheFile() {
        assertEquals("s3:bucket/in/a/b/", OpenParts.place("s3:bucket/in", "a/b"));
        assertEquals("s3:bucket/", OpenParts.place("s3:", "bucket"));
    }

    private interface Act {
        void run(UploadsCase files, Relay line, Callable<Boolean> isNoPart) throws Exception;
    }

    /** With one large file that is under way, and goes no further. */
    private void inTheMiddle(RcloneTools rclone, Consumer<Relay> hold, Act act) throws Exception {
        CephAccounts accounts = new CephAccounts(100_000_000);
        String remote = accounts.remotes().get(0);
        try (Relay line = new Relay(CephServer.shared().port());
                UploadsCase files = new UploadsCase(
                                folder, rclone, CephAccounts.inParts(accounts.config(line.address())))
                        .byRemotes(accounts.remotes())) {
            files.file("a film", LARGE);
            hold.accept(line);
            files.open();
            files.tell(Command.START);
            Until.isTrue("it has begun there", () -> !accounts.openParts(remote).isEmpty());
            files.await(
                    "it was seen under way",
                    () -> files.shown().getJsonObject("active").size() == 1);
            act.run(files, line, () -> accounts.openParts(remote).isEmpty());
            files.awaitEnd("done");
            assertEquals(List.of(Map.of("in/a film", (long) LARGE)), accounts.there());
            assertEquals("", accounts.openParts(remote));
        }
    }

    /** The server has begun one, and rclone does not hear by which name before it is stopped. */
    @Tag("system")
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void pausedAsALargeFileBeginsItLeavesNoPart(RcloneTools rclone) throws Exception {
        inTheMiddle(rclone, line -> line.holdAnswerTo("POST /"), (files, line, isNoPart) -> {
            files.tell(Command.PAUSE);
            files.await(
                    "it is paused", () -> files.shown().getString("phase", "").equals("paused"));
            Until.isTrue("no part is there", isNoPart);
            line.goOn();
            files.tell(Command.RESUME);
        });
    }

    @Tag("system")
    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "NEWEST")
    void soItIsWhenItsRcloneWasKilled(RcloneTools rclone) throws Exception {
        inTheMiddle(rclone, line -> line.holdAt("partNumber=2"), (files, line, isNoPart) -> {
            String lost = files.session();
            assertTrue(files.rclone().orElseThrow().destroyForcibly());
            files.await("another session begins", () -> !files.session().equals(lost));
            line.goOn();
        });
    }
}
