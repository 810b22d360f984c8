package pulseboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** Monitor, worker and rclone are killed in the middle of a session: nothing is lost, sent twice, or counted twice. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsKillTest {

    private static final int FILES = 12;
    private static final int BYTES = 1_000_000;

    /** With two files under way, one more arrives, and is not the last. */
    private static final long MORE = 2_500_000;

    /** Headers and questions; less than half a file. */
    private static final long OVERHEAD = 400_000;

    @TempDir
    private Path folder;

    private UploadsSite site() throws IOException {
        UploadsSite site = new UploadsSite(folder);
        Random random = new Random(7);
        for (int number = 0; number < FILES; number++) {
            byte[] content = new byte[BYTES + number];
            random.nextBytes(content);
            Files.write(site.source().resolve("f" + number), content);
        }
        return site;
    }

    private Program monitor(Path settings, String port) throws IOException {
        Map<String, String> environment = Map.of(
                "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.resolve("monitor").toString());
        return Program.start(environment, "--port", port, "--config", settings.toString());
    }

    private static String remote(DavServer server, Relay line) throws IOException {
        return server.remote("dav", URI.create(line.address()).getPort());
    }

    /** Begins a session, and returns in the middle of it: the line stands still, and nothing arrives any more. */
    private static void begin(UploadsSite site, URI address, Relay line) throws Exception {
        Until.isTrue("it can be started", () -> site.act(address, "start", "{\"uploader\":\"media\"}") == 200);
        goOn(site, address, line);
    }

    /** Lets some more files arrive, and then nothing more, with one under way. */
    private static void goOn(UploadsSite site, URI address, Relay line) throws Exception {
        int before = uploaded(site.uploader(address));
        line.whenUp(MORE, line::hold);
        line.goOn();
        Until.isTrue(
                "some arrive",
                () -> uploaded(site.uploader(address)) > before
                        && !site.uploader(address)
                                .getJsonObject("active", new JsonObject())
                                .isEmpty());
    }

    private static int uploaded(JsonObject uploader) {
        return uploader.getJsonObject("files", new JsonObject()).getInteger("uploaded", 0);
    }

    private static long noted(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip().split(" ", -1)[0]);
    }

    private long worker() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("monitor"))) {
            return noted(files.filter(file -> file.endsWith("work.pid"))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchFileException("work.pid")));
        }
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertTrue(process.destroyForcibly());
        ProcessHandle unused = process.onExit().join();
    }

    /** It is at this session, by this rclone. */
    private static void awaitFound(UploadsSite site, URI address, JsonObject before) throws Exception {
        Until.isTrue("it is found again", () -> {
            JsonObject now = site.uploader(address);
            return now.getString("phase", "").equals("uploading")
                    && now.getJsonObject("session").getString("id").equals(id(before))
                    && pid(now) == pid(before);
        });
    }

    private static String id(JsonObject uploader) {
        return uploader.getJsonObject("session").getString("id");
    }

    private static long pid(JsonObject uploader) {
        return uploader.getJsonObject("rclone", new JsonObject()).getLong("pid", 0L);
    }

    /** Each file has arrived as it is here, and stands once in the ledger. */
    private static void requireWhole(UploadsSite site, Path arrived, Set<String> kinds) throws IOException {
        for (int number = 0; number < FILES; number++) {
            byte[] sent = Files.readAllBytes(site.source().resolve("f" + number));
            assertArrayEquals(sent, Files.readAllBytes(arrived.resolve("f" + number)));
        }
        List<String> counted = Files.readAllLines(site.state().resolve("ledger")).stream()
                .map(line -> new JsonObject(line.substring(line.indexOf('{'))))
                .filter(record -> kinds.contains(record.getString("kind")))
                .map(record -> record.getString("path"))
                .sorted()
                .toList();
        Set<String> each = Stream.iterate(0, number -> number + 1)
                .limit(FILES)
                .map(number -> "f" + number)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(List.copyOf(each), counted);
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void killedMonitorAndWorkerLeaveTheSessionToTheNextOnes(RcloneTools rclone) throws Exception {
        UploadsSite site = site();
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port())) {
            Path settings = site.settings(rclone, remote(server, line));
            String port =
                    FreePort.any(); // A worker that outlives its monitor finds the next one where the last one was.
            JsonObject before;
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                begin(site, address, line);
                before = site.uploader(address);
                program.signal("KILL");
            }
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                awaitFound(site, address, before);
                goOn(site, address, line);
                String epoch = site.epoch(address);
                kill(worker());
                Until.isTrue(
                        "another worker shows the board",
                        () -> !site.epoch(address).equals(epoch));
                awaitFound(site, address, before);
                goOn(site, address, line);
                program.signal("KILL");
                kill(worker());
            }
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                awaitFound(site, address, before);
                line.goOn();
                requireDone(site, address);
            }
            requireWhole(site, server.folder().resolve("in"), Set.of("done"));
            assertTrue(line.upBytes() < (long) FILES * BYTES + OVERHEAD, line.upBytes() + " bytes were sent");
        }
    }

    private static boolean isOver(UploadsSite site, URI address, String phase) throws Exception {
        return site.uploader(address).getString("phase", "").equals(phase);
    }

    /** The account has used what was sent, and no byte more. */
    private static void requireDone(UploadsSite site, URI address) throws Exception {
        Until.isTrue("it is done", () -> isOver(site, address, "done"));
        assertEquals(FILES, uploaded(site.uploader(address)));
        long all = (long) FILES * BYTES + FILES * (FILES - 1) / 2;
        JsonObject accounts = site.state(address).getJsonObject("accounts");
        JsonObject account = (JsonObject) accounts.iterator().next().getValue();
        assertEquals(all, account.getLong("usedBytes"));
    }

    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "STABLE") // The one that leaves half files.
    void killedWithTheirRcloneTheyCleanUpAndUploadTheRest(RcloneTools rclone) throws Exception {
        UploadsSite site = site();
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port())) {
            Path settings = site.settings(rclone, remote(server, line));
            String port = FreePort.any();
            JsonObject before;
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                begin(site, address, line);
                before = site.uploader(address);
                program.signal("KILL");
                kill(worker());
                kill(noted(site.state().resolve("media").resolve("rclone.pid")));
            }
            line.goOn();
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                Until.isTrue(
                        "the rest is done",
                        () -> isOver(site, address, "done")
                                && !id(site.uploader(address)).equals(id(before)));
                JsonObject sessions =
                        new JsonObject("{\"all\":" + site.get(address, "api/boards/uploads/sessions") + "}");
                assertEquals(
                        "lost", sessions.getJsonArray("all").getJsonObject(1).getString("phase"));
            }
            // What had arrived and nobody had heard of is there already.
            requireWhole(site, server.folder().resolve("in"), Set.of("done", "unchanged"));
        }
    }
}
