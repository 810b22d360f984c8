package pulseboard.board.uploads;

import java.util.List;
import pulseboard.board.uploads.cloudplow.Cloudplow;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.MetricInfo;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;

/** What the board says of itself. */
final class UploadsInfo {

    private static final int MOST_SERIES = 160;
    private static final double SECONDS = 0.001;

    static final ResourceInfo SESSIONS =
            new ResourceInfo("GET", "sessions", "Sessions that have ended, the newest first");
    static final ResourceInfo SESSIONS_CSV = new ResourceInfo("GET", "sessions.csv", "The same as a table");
    static final ResourceInfo FILES = new ResourceInfo("GET", "files", "What became of single files, the newest first");
    static final ResourceInfo FILES_CSV = new ResourceInfo("GET", "files.csv", "The same as a table");
    static final List<ResourceInfo> CLOUDPLOW = Cloudplow.paths().stream()
            .map(path -> new ResourceInfo(
                    "GET", "cloudplow/" + path.replace('_', '-'), "What Cloudplow's dashboard told at api/" + path))
            .toList();

    /** What only grows comes from the ledger, so it goes on after a restart. */
    static final List<MetricInfo> METRICS = List.of(
            account("bytes_total", "Bytes of files that have arrived, by this account.", "totalBytes"),
            account("files_total", "Files that have arrived, by this account.", "totalFiles"),
            account("quota_used_bytes", "Bytes used in the account's window.", "usedBytes"),
            account("quota_limit_bytes", "Bytes that the account takes in its window.", "quotaBytes"),
            account("quota_reset_timestamp_seconds", "When all used bytes are given back.", "resetsAt")
                    .times(SECONDS),
            account("account_suspended", "Whether the account rests (1).", "status")
                    .whenIs("suspended"),
            uploader("queue_files", "Files that wait.", "queue.files"),
            uploader("queue_bytes", "Bytes of the files that wait.", "queue.bytes"),
            uploader("session_files_uploaded", "Files that have arrived in the last session.", "files.uploaded"),
            uploader("session_files_failed", "Files that could not be uploaded in it.", "files.failed"),
            uploader("session_bytes_done", "Bytes of files that have arrived in it.", "bytes.done"),
            uploader("bytes_per_second", "How fast it goes.", "rates.bytesPerSecond"),
            uploader("uploading", "Whether rclone moves files (1).", "phase").whenIs("uploading"),
            uploader("lost", "Whether rclone is gone (1).", "phase").whenIs("lost"));

    static final BoardInfo INFO = withResources(BoardInfo.of("uploads", "Uploads")
            .keeping(KeptNumbers.of(
                            "uploaders.*.rates.bytesPerSecond",
                            "uploaders.*.bytes.done",
                            "uploaders.*.bandwidth.limitBytesPerSecond",
                            "accounts.*.usedBytes")
                    .atMost(MOST_SERIES))
            .measuredBy(METRICS)
            .judgedBy(UploadsRules.ALL)
            .action("start", of("Begins a session now, whatever waits"))
            .action("stop", of("Ends the session; what has arrived counts"))
            .action("pause", of("Stops what is under way until it is resumed; files under way are sent anew"))
            .action("resume", of("Goes on after a pause"))
            .action("list", of("Lists the folder now"))
            .action("skip-stage", of("Leaves the files of the stage for a later session"))
            .action(
                    "limit",
                    of("Sets how fast an uploader may go; the timetable and streams may ask for less")
                            .takes("bytesPerSecond", Parameter.Type.INTEGER, false, "Bytes a second; without: no limit")
                            .takes(
                                    "forSeconds",
                                    Parameter.Type.INTEGER,
                                    false,
                                    "How long; without: until it is set anew"))
            .action(
                    "suspend-account",
                    ofAccount("Has an account rest").takes("hours", Parameter.Type.INTEGER, true, "How long, 1 to 720"))
            .action("resume-account", ofAccount("Ends the rest of an account"))
            .action(
                    "adjust-account",
                    ofAccount("Corrects what is counted as used of an account's quota")
                            .takes("bytes", Parameter.Type.INTEGER, true, "So many more; fewer below 0")
                            .takes("why", Parameter.Type.STRING, true, "Why, for the ledger")
                            .forAdmins()));

    private UploadsInfo() {}

    private static MetricInfo account(String name, String help, String key) {
        return MetricInfo.of("pulseboard_uploads_" + name, help, "accounts.*." + key, "id")
                .labelled("account", "name");
    }

    private static MetricInfo uploader(String name, String help, String path) {
        return MetricInfo.of("pulseboard_uploads_" + name, help, "uploaders.*." + path, "uploader");
    }

    private static BoardInfo withResources(BoardInfo info) {
        BoardInfo more =
                info.resource(SESSIONS).resource(SESSIONS_CSV).resource(FILES).resource(FILES_CSV);
        for (ResourceInfo resource : CLOUDPLOW) {
            more = more.resource(resource);
        }
        return more;
    }

    private static ActionInfo of(String description) {
        return ActionInfo.of(description).takes("uploader", Parameter.Type.STRING, true, "The name of the uploader");
    }

    private static ActionInfo ofAccount(String description) {
        return ActionInfo.of(description)
                .takes("account", Parameter.Type.STRING, true, "The account's id, or its name");
    }
}
