package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.CephAccounts;
import pulseboard.board.uploads.RcloneTools;

/** Three users of Ceph, each with a quota that is smaller than the queue, and that only Ceph knows. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class CephQuotaTest {

    private static final int FILES = 20;
    private static final int BYTES = 1_000_000;
    private static final long QUOTA = 8_500_000;

    /** In three parts, of which two do not fit into that. */
    private static final int LARGE = 12_000_000;

    @TempDir
    private Path folder;

    private UploadsCase files(CephAccounts accounts, RcloneTools rclone, int count) throws Exception {
        UploadsCase files = new UploadsCase(folder, rclone, accounts.config()).byRemotes(accounts.remotes());
        for (int number = 0; number < count; number++) {
            files.file("a folder/f" + number, BYTES);
        }
        return files;
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void whatCephRefusesOneAccountTheNextOneTakesAndTheFirstRests(RcloneTools rclone) throws Exception {
        CephAccounts accounts = new CephAccounts(QUOTA, QUOTA, QUOTA);
        try (UploadsCase files = files(accounts, rclone, FILES)) {
            files.open();
            files.upload("done");
            assertEquals(FILES, files.count("uploaded"), () -> files.shown().encodePrettily());
            assertEquals(0, files.count("failed"));
            requireEachOnce(accounts, FILES);
            requireCounted(accounts, files);
            assertEquals(3, files.shown().getJsonObject("session").getInteger("accountsUsed"));
            assertEquals("suspended", files.account(accounts.remotes().get(0)).getString("status"));
            assertEquals("suspended", files.account(accounts.remotes().get(1)).getString("status"));
            assertFalse(files.account(accounts.remotes().get(2)).containsKey("suspendedUntil"));
        }
    }

    /** Each file is in one of the buckets, whole. Of two that arrive at once Ceph looks at neither for the other, so one may be too many. */
    private void requireEachOnce(CephAccounts accounts, int count) throws Exception {
        List<String> paths = new ArrayList<>();
        for (Map<String, Long> there : accounts.there()) {
            assertTrue(there.size() * (long) BYTES <= QUOTA + BYTES, there::toString);
            there.forEach((path, bytes) -> assertEquals(BYTES, bytes, path));
            paths.addAll(there.keySet());
        }
        assertEquals(count, Set.copyOf(paths).size(), paths::toString);
        assertEquals(count, paths.size(), paths::toString);
    }

    /** Of each account what has arrived is counted, and what was sent for nothing. */
    private static void requireCounted(CephAccounts accounts, UploadsCase files) throws Exception {
        List<Map<String, Long>> there = accounts.there();
        for (int number = 0; number < there.size(); number++) {
            JsonObject account = files.account(accounts.remotes().get(number));
            long arrived = there.get(number).size() * (long) BYTES;
            assertEquals(arrived, account.getLong("sessionBytes"), account::encode);
            assertTrue(account.getLong("usedBytes") >= arrived, account::encode);
        }
    }

    @Tag("soak") // Half a minute each, as the next one.
    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "STABLE")
    void whenAllAreFullItWaitsAndSaysWhyAndUntilWhen(RcloneTools rclone) throws Exception {
        CephAccounts accounts = new CephAccounts(QUOTA, QUOTA);
        try (UploadsCase files = files(accounts, rclone, FILES)) {
            files.open();
            long before = System.currentTimeMillis();
            files.tell(Command.START);
            files.await("it waits", () -> files.shown().getString("phase", "").equals("waiting"));
            int uploaded = files.count("uploaded");
            assertTrue(uploaded >= 16 && uploaded < FILES, files.shown()::encodePrettily);
            requireEachOnce(accounts, uploaded);
            JsonObject first = files.account(accounts.remotes().get(0));
            assertEquals(first.getLong("suspendedUntil"), files.shown().getLong("until"));
            assertTrue(first.getLong("suspendedUntil") >= before + TimeUnit.HOURS.toMillis(24), first::encode);
            assertTrue(first.getString("reason").startsWith("its quota on the server is used up"), first::encode);
            assertTrue(files.errors().toString().contains("rests: its quota on the server is used up"));
            files.tell(Command.STOP);
            files.awaitEnd("stopped");
        }
    }

    /** Large files in parts, which Ceph refuses in the middle of one: no part stays, of those either that are stopped then, and the next account takes them whole. */
    @Tag("soak")
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void partsOfWhatDoesNotFitDoNotStay(RcloneTools rclone) throws Exception {
        CephAccounts accounts = new CephAccounts(QUOTA, 100_000_000);
        try (UploadsCase files = new UploadsCase(folder, rclone, CephAccounts.inParts(accounts.config()))
                .byRemotes(accounts.remotes())) {
            for (int number = 0; number < 3; number++) {
                files.file("large" + number, LARGE + number);
            }
            files.open();
            files.upload("done");
            assertEquals(3, files.count("uploaded"), () -> files.shown().encodePrettily());
        }
        Map<String, Long> all = new TreeMap<>();
        for (Map<String, Long> there : accounts.there()) { // Of parts that come at once Ceph may let one file through.
            there.forEach((path, bytes) -> assertNull(all.put(path, bytes), path));
        }
        assertEquals(Map.of("in/large0", LARGE + 0L, "in/large1", LARGE + 1L, "in/large2", LARGE + 2L), all);
        for (String remote : accounts.remotes()) {
            assertEquals("", accounts.openParts(remote));
        }
    }

    /** Its parts and those of another file together are more than the quota, each alone is not: one is taken, and then the account rests. */
    @Tag("soak")
    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "NEWEST")
    void whereNoneFitsBesideAnotherOneAloneIsTaken(RcloneTools rclone) throws Exception {
        CephAccounts accounts = new CephAccounts(LARGE + QUOTA / 4);
        try (UploadsCase files = new UploadsCase(folder, rclone, CephAccounts.inParts(accounts.config()))
                .byRemotes(accounts.remotes())) {
            for (int number = 0; number < 3; number++) {
                files.file("large" + number, LARGE + number);
            }
            files.open();
            files.tell(Command.START);
            files.await("it waits", () -> files.shown().getString("phase", "").equals("waiting"));
            assertEquals(1, files.count("uploaded"), () -> files.shown().encodePrettily());
            assertEquals(1, accounts.there().get(0).size());
            assertEquals("", accounts.openParts(accounts.remotes().get(0)));
            String told = files.errors().toString();
            assertTrue(told.contains("did not fit together into its quota on the server"), told);
            JsonObject account = files.account(accounts.remotes().get(0));
            assertEquals("suspended", account.getString("status"), account::encode);
            files.tell(Command.STOP);
            files.awaitEnd("stopped");
        }
    }
}
