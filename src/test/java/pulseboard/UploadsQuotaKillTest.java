package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.s3.CephServer;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.CephAccounts;
import pulseboard.board.uploads.RcloneTools;

/**
 * Three users of Ceph with real quotas take a queue that is larger than any of them could, while rclone, worker and monitor are killed, one by one and
 * together: nothing is lost, half there, counted twice, or beyond a quota.
 */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsQuotaKillTest {

    private static final int FILES = 32;
    private static final int BYTES = 500_000;

    /** Of each account, here and on the server. */
    private static final long QUOTA = 8_000_000;

    /** With two files under way, and what the line still held of those before, some more arrive. */
    private static final long MORE = 2_600_000;

    @TempDir
    private Path folder;

    private UploadsSite site() throws IOException {
        UploadsSite site = new UploadsSite(folder);
        Random random = new Random(3);
        for (int number = 0; number < FILES; number++) {
            byte[] content = new byte[BYTES];
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

    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "NEWEST")
    void killedAgainAndAgainThreeAccountsTakeTheWholeQueue(RcloneTools rclone) throws Exception {
        UploadsSite site = site();
        CephAccounts accounts = new CephAccounts(QUOTA, QUOTA, QUOTA);
        try (Relay line = new Relay(CephServer.shared().port())) {
            Path settings = site.settings(
                    rclone, accounts.config(line.address()), accounts.remotes(), QUOTA / 1_000_000 + " MB");
            String port =
                    FreePort.any(); // A worker that outlives its monitor finds the next one where the last one was.
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                Until.isTrue("it can be started", () -> site.act(address, "start", "{\"uploader\":\"media\"}") == 200);
                goOn(site, address, line);
                kill(rclone(site));
                goOn(site, address, line);
                kill(worker());
                goOn(site, address, line);
                program.signal("KILL");
            }
            try (Program program = monitor(settings, port)) {
                goOn(site, program.awaitAddress(), line);
                program.signal("KILL");
                kill(worker());
                kill(rclone(site));
            }
            line.goOn();
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                Until.isTrue("it is done", () -> isDone(site, address));
                requireWithinQuotas(site, address, accounts);
            }
        }
        requireWhole(site, accounts);
    }

    @Tag("soak") // Each takes half a minute.
    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "STABLE")
    void theSameByTheStableOne(RcloneTools rclone) throws Exception {
        killedAgainAndAgainThreeAccountsTakeTheWholeQueue(rclone);
    }

    /** Lets some more files arrive, and then nothing more, with one under way. */
    private static void goOn(UploadsSite site, URI address, Relay line) throws Exception {
        int before = counted(site).size();
        line.whenUp(MORE, line::hold);
        line.goOn();
        Until.isTrue(
                "some arrive",
                () -> counted(site).size() > before
                        && !site.uploader(address)
                                .getJsonObject("active", new JsonObject())
                                .isEmpty());
    }

    /** The files that stand in the ledger, whoever writes it. */
    private static List<String> counted(UploadsSite site) throws IOException {
        Path ledger = site.state().resolve("ledger");
        return !Files.exists(ledger)
                ? List.of()
                : Files.readAllLines(ledger).stream()
                        .filter(line -> line.endsWith("}"))
                        .map(line -> new JsonObject(line.substring(line.indexOf('{'))))
                        .filter(record -> Set.of("done", "unchanged").contains(record.getString("kind")))
                        .map(record -> record.getString("path"))
                        .sorted()
                        .toList();
    }

    private static boolean isDone(UploadsSite site, URI address) throws Exception {
        return site.uploader(address).getString("phase", "").equals("done")
                && counted(site).size() == FILES;
    }

    private static ProcessHandle process(Path noted) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(noted).strip().split(" ", -1)[0]))
                .orElseThrow();
    }

    private static ProcessHandle rclone(UploadsSite site) throws IOException {
        return process(site.state().resolve("media").resolve("rclone.pid"));
    }

    private ProcessHandle worker() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("monitor"))) {
            return process(
                    files.filter(file -> file.endsWith("work.pid")).findFirst().orElseThrow());
        }
    }

    private static void kill(ProcessHandle process) {
        assertTrue(process.destroyForcibly());
        ProcessHandle unused = process.onExit().join();
    }

    /** By Ceph and by the board, which counts what was sent for nothing, too. */
    private static void requireWithinQuotas(UploadsSite site, URI address, CephAccounts accounts) throws Exception {
        JsonObject shown = site.state(address).getJsonObject("accounts");
        List<Map<String, Long>> there = accounts.there();
        for (Map.Entry<String, Object> each : shown) {
            JsonObject account = (JsonObject) each.getValue();
            Map<String, Long> arrived = there.get(accounts.remotes().indexOf(account.getString("name")));
            assertTrue(account.getLong("usedBytes") <= QUOTA, shown::encode);
            assertTrue(account.getLong("usedBytes") >= arrived.size() * (long) BYTES, shown::encode);
            assertTrue(!arrived.isEmpty(), there::toString);
        }
    }

    /** Each file has arrived as it is here, in one of the buckets, and stands once in the ledger. */
    private void requireWhole(UploadsSite site, CephAccounts accounts) throws Exception {
        List<String> arrived = new ArrayList<>();
        for (String remote : accounts.remotes()) {
            Path copy = folder.resolve(remote);
            accounts.rclone("copy", remote + "/in", copy.toString());
            try (Stream<Path> files = Files.list(copy)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    assertEquals(-1, Files.mismatch(site.source().resolve(name), file), name);
                    arrived.add(name);
                }
            }
        }
        assertEquals(FILES, Set.copyOf(arrived).size(), arrived::toString);
        assertEquals(arrived.stream().sorted().toList(), counted(site));
    }
}
