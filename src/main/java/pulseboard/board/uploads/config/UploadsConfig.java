package pulseboard.board.uploads.config;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings of the board {@code uploads}.
 *
 * @param folder where the ledger and sessions are noted; empty: {@code uploads} in the state folder
 * @param rclone the program
 * @param rcloneConfig the file of its remotes; empty: rclone's own
 * @param rcloneConfigPasswordFile a file with the password of that file, where it is encrypted; empty: it is not
 * @param uploaders the uploaders, by their names; none switches the board off
 * @param attached rclones that others have started, which are shown and never commanded, by names of people's choice
 * @param accounts accounts whose quotas are others, by the name that the board shows
 * @param quotaBytes how much an account may take in its window
 * @param quotaWindow which bytes count: {@code fixed}: of 24 hours from the first byte; {@code rolling}: of the last 24 hours;
 *     {@code calendar}: since midnight
 * @param quotaZone the zone of that midnight, such as {@code America/Los_Angeles}; empty: that of this machine
 * @param triggers what in rclone's log has an account rest, beside what is built in, by names of people's choice
 * @param timetable from when on which limit holds, such as {@code 08:00 10 MB} and {@code 23:00 off}; none: no limit
 * @param timeZone the zone of the timetable, such as {@code Europe/Berlin}; empty: that of this machine
 * @param streamsUrl where a media server tells what is watched, as JSON; empty: nobody is asked
 * @param streamsTokenFile a file with what is sent as the header {@code X-Plex-Token} and as a bearer token; empty: nothing
 * @param streamsPointer where in that JSON the number of streams is, or an array that is counted (RFC 6901); empty: the whole
 * @param streamsLimits from how many streams on which limit holds, such as {@code 1 50 MB} and {@code 3 30 MB}
 * @param listSeconds how often folders are listed
 * @param settleSeconds a file that was changed less than so long ago is left for later
 * @param pollMilliseconds how often rclone is asked while it uploads
 * @param retrySeconds how long a file rests that could not be uploaded; after three attempts it has failed
 * @param stalledSeconds a stage is stopped when files are under way and no byte has moved for so long; 0: never
 * @param cloudplowHost the address of the port that Cloudplow had
 * @param cloudplowPort that port, at which its API is answered as well, such as 47949; 0: none
 */
public record UploadsConfig(
        String folder,
        String rclone,
        String rcloneConfig,
        String rcloneConfigPasswordFile,
        Map<String, UploaderConfig> uploaders,
        Map<String, AttachedConfig> attached,
        Map<String, AccountConfig> accounts,
        String quotaBytes,
        String quotaWindow,
        String quotaZone,
        Map<String, TriggerConfig> triggers,
        List<String> timetable,
        String timeZone,
        String streamsUrl,
        String streamsTokenFile,
        String streamsPointer,
        List<String> streamsLimits,
        int listSeconds,
        int settleSeconds,
        int pollMilliseconds,
        int retrySeconds,
        int stalledSeconds,
        String cloudplowHost,
        int cloudplowPort) {

    private static final List<String> WINDOWS = List.of("fixed", "rolling", "calendar");

    /** What is used unless somebody says otherwise. */
    public static final UploadsConfig DEFAULT = new UploadsConfig(
            "",
            "rclone",
            "",
            "",
            Map.of(),
            Map.of(),
            Map.of(),
            "750 GB",
            "fixed",
            "",
            Map.of(),
            List.of(),
            "",
            "",
            "",
            "",
            List.of(),
            600,
            5,
            1_000,
            60,
            300,
            "127.0.0.1",
            0);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final int MOST_UPLOADERS = 16;

    /** Checks every value. */
    public UploadsConfig {
        uploaders = Collections.unmodifiableMap(new TreeMap<>(uploaders));
        attached = Collections.unmodifiableMap(new TreeMap<>(attached));
        accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
        triggers = Collections.unmodifiableMap(new TreeMap<>(triggers));
        timetable = List.copyOf(timetable);
        streamsLimits = List.copyOf(streamsLimits);
        checkUploaders(uploaders);
        checkAttached(attached, uploaders.keySet());
        size("uploads.quotaBytes", quotaBytes);
        requireWindow("uploads.quotaWindow", quotaWindow);
        accounts.forEach(UploadsConfig::checkAccount);
        triggers.forEach((name, trigger) -> trigger.check("uploads.triggers." + name));
        zone("uploads.quotaZone", quotaZone);
        zone("uploads.timeZone", timeZone);
        LimitTable.ofTimes("uploads.timetable", timetable);
        LimitTable.ofCounts("uploads.streamsLimits", streamsLimits);
        requireRange("listSeconds", listSeconds, 1, 86_400);
        requireRange("settleSeconds", settleSeconds, 0, 86_400);
        requireRange("pollMilliseconds", pollMilliseconds, 100, 60_000);
        requireRange("retrySeconds", retrySeconds, 0, 86_400);
        requireRange("stalledSeconds", stalledSeconds, 0, 86_400);
        requireRange("cloudplowPort", cloudplowPort, 0, 65_535);
        if (!streamsUrl.isEmpty() && !streamsUrl.matches("https?://[^\\s]+")) {
            throw new IllegalArgumentException(
                    "uploads.streamsUrl must be an address such as http://localhost:32400/status/sessions, not "
                            + streamsUrl);
        }
    }

    private static void checkUploaders(Map<String, UploaderConfig> uploaders) {
        if (uploaders.size() > MOST_UPLOADERS) {
            throw new IllegalArgumentException(
                    "uploads.uploaders must be " + MOST_UPLOADERS + " at most, not " + uploaders.size());
        }
        uploaders.forEach((name, uploader) -> {
            requireName("uploads.uploaders", name);
            uploader.check("uploads.uploaders." + name);
        });
    }

    private static void checkAttached(Map<String, AttachedConfig> attached, Set<String> taken) {
        if (attached.size() > MOST_UPLOADERS) {
            throw new IllegalArgumentException(
                    "uploads.attached must be " + MOST_UPLOADERS + " at most, not " + attached.size());
        }
        attached.forEach((name, each) -> {
            requireName("uploads.attached", name);
            if (taken.contains(name)) {
                throw new IllegalArgumentException("uploads.attached." + name + " must not be called as an uploader");
            }
            each.check("uploads.attached." + name);
        });
    }

    private static void requireName(String key, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(key + " must have names of up to 32 small letters, digits, hyphens and"
                    + " underscores, which begin with a letter or digit: not " + name);
        }
    }

    private static void checkAccount(String name, AccountConfig account) {
        if (!account.quotaBytes().isEmpty()) {
            size("uploads.accounts." + name + ".quotaBytes", account.quotaBytes());
        }
        if (!account.quotaWindow().isEmpty()) {
            requireWindow("uploads.accounts." + name + ".quotaWindow", account.quotaWindow());
        }
    }

    /** The zone of this name, or that of this machine. */
    public static ZoneId zone(String key, String name) {
        try {
            return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(key + " must be a time zone such as Europe/Berlin, not " + name, e);
        }
    }

    /** A size, or a complaint that begins with the setting's name. */
    static long size(String key, String text) {
        try {
            return ByteSize.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " " + e.getMessage(), e);
        }
    }

    private static void requireWindow(String key, String window) {
        if (!WINDOWS.contains(window)) {
            throw new IllegalArgumentException(
                    key + " must be one of " + String.join(", ", WINDOWS) + ", not " + window);
        }
    }

    private static void requireRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "uploads." + key + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    /** Where the ledger and sessions are noted, unless the settings say otherwise below this state folder. */
    public Path folderIn(Path state) {
        return folder.isEmpty() ? state.resolve("uploads") : Path.of(folder).toAbsolutePath();
    }
}
