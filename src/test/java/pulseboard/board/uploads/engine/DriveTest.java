package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.DriveServer;
import pulseboard.board.uploads.DriveServer.Act;
import pulseboard.board.uploads.RcloneTools;

/** rclone's own Drive backend with service accounts, which a stand-in for Drive refuses in Drive's words. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DriveTest {

    private static final int FILES = 20;
    private static final int BYTES = 100_000;
    private static final long PLENTY = 1_000_000_000;

    @TempDir
    private Path folder;

    private UploadsCase files(DriveServer drive, RcloneTools rclone, Map<String, Long> quotas) throws Exception {
        UploadsCase files = new UploadsCase(folder, drive.program(rclone), DriveServer.remote("dav"));
        for (int number = 0; number < FILES; number++) {
            files.file("a folder/f" + number, BYTES + number);
        }
        List<Path> accounts = new ArrayList<>();
        for (Map.Entry<String, Long> each : quotas.entrySet()) {
            accounts.add(drive.account(each.getKey(), each.getValue()));
        }
        return files.byFiles(accounts);
    }

    private static void requireAllOnce(DriveServer drive, UploadsCase files) {
        Map<String, Long> wanted = new TreeMap<>();
        for (int number = 0; number < FILES; number++) {
            wanted.put("in/a folder/f" + number, (long) BYTES + number);
        }
        assertEquals(wanted, drive.tree());
        assertEquals(FILES, files.count("uploaded"));
        assertEquals(0, files.count("failed"));
    }

    /** Drive's own quotas are smaller than what is known of them here: rclone is told no, and the next one takes over. */
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void whatDriveRefusesOneAccountTheNextOneTakesAndTheFirstRests(RcloneTools rclone) throws Exception {
        Map<String, Long> quotas = new TreeMap<>(Map.of("sa1", 900_000L, "sa2", 900_000L, "sa10", 900_000L));
        try (DriveServer drive = new DriveServer(folder.resolve("drive"));
                UploadsCase files = files(drive, rclone, quotas)) {
            files.open();
            files.upload("done");
            requireAllOnce(drive, files);
            long used = 0;
            for (String name : quotas.keySet()) {
                JsonObject account = files.account(name + ".json");
                assertTrue(drive.used(name) <= quotas.get(name), name + " has sent " + drive.used(name));
                assertTrue(account.getLong("usedBytes") >= drive.used(name), account::encode);
                used += drive.used(name);
            }
            assertEquals((long) FILES * BYTES + FILES * (FILES - 1) / 2, used);
            assertEquals("suspended", files.account("sa1.json").getString("status"));
            assertEquals("suspended", files.account("sa2.json").getString("status"));
            assertFalse(files.account("sa10.json").containsKey("suspendedUntil"));
        }
    }

    /** Refusals that pass, at whatever it is: rclone asks again by itself, and nobody rests. */
    @Tag("soak")
    @ParameterizedTest
    @EnumSource(Act.class)
    void rateThatIsTooHighForAMomentHasNobodyRest(Act act) throws Exception {
        DriveServer.Words rate = new DriveServer.Words("rateLimitExceeded", "Rate Limit Exceeded");
        try (DriveServer drive = new DriveServer(folder.resolve("drive"));
                UploadsCase files = files(drive, RcloneTools.NEWEST, Map.of("sa1", PLENTY))) {
            drive.refuse("sa1", act, 2, rate);
            files.open();
            files.upload("done");
            requireAllOnce(drive, files);
            assertFalse(files.account("sa1.json").containsKey("suspendedUntil"));
        }
    }

    /** A day's worth of questions is asked: the account rests, and another one goes on. */
    @ParameterizedTest
    @EnumSource(Act.class)
    void accountThatHasAskedEnoughForADayRests(Act act) throws Exception {
        DriveServer.Words daily = new DriveServer.Words("dailyLimitExceeded", "Daily Limit Exceeded");
        try (DriveServer drive = new DriveServer(folder.resolve("drive"));
                UploadsCase files =
                        files(drive, RcloneTools.NEWEST, new TreeMap<>(Map.of("sa1", PLENTY, "sa2", PLENTY)))) {
            drive.refuse("sa1", act, Integer.MAX_VALUE, daily);
            files.open();
            files.upload("done");
            requireAllOnce(drive, files);
            assertEquals(0, drive.used("sa1"));
            assertEquals("suspended", files.account("sa1.json").getString("status"));
        }
    }
}
