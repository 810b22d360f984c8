package pulseboard.board.uploads.cloudplow;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code rclone_extras}: options of rclone's command line, of which some are settings of ours and some are flags. */
final class Extras {

    /** By the option, the flag of an uploader. */
    private static final Map<String, String> FLAGS = Map.ofEntries(
            Map.entry("--checkers", "Checkers"),
            Map.entry("--user-agent", "UserAgent"),
            Map.entry("--update", "UpdateOlder"),
            Map.entry("--size-only", "SizeOnly"),
            Map.entry("--checksum", "CheckSum"),
            Map.entry("--ignore-existing", "IgnoreExisting"),
            Map.entry("--ignore-times", "IgnoreTimes"),
            Map.entry("--buffer-size", "BufferSize"),
            Map.entry("--tpslimit", "TPSLimit"),
            Map.entry("--tpslimit-burst", "TPSLimitBurst"),
            Map.entry("--low-level-retries", "LowLevelRetries"),
            Map.entry("--multi-thread-streams", "MultiThreadStreams"),
            Map.entry("--use-mmap", "UseMmap"));

    /** What is done by itself, or has nothing to do with what arrives. */
    private static final Set<String> NOT_NEEDED = Set.of(
            "--stats",
            "--verbose",
            "-v",
            "--skip-links",
            "--fast-list",
            "--no-traverse",
            "--rc",
            "--rc-addr",
            "--rc-web-gui",
            "--log-file",
            "--log-level",
            "--delete-empty-src-dirs");

    private final String name;
    private final JsonObject options;

    /** Of the remote of this name. */
    Extras(String name, JsonObject options) {
        this.name = name;
        this.options = options;
    }

    void addTo(YamlText yaml, List<String> left) {
        List<String> flags = new ArrayList<>();
        options.forEach(entry -> {
            String option = entry.getKey();
            String value = entry.getValue() == null ? "" : String.valueOf(entry.getValue());
            if (option.equals("--transfers") && value.matches("\\d{1,2}")) {
                yaml.value(3, "transfers", Math.max(1, Math.min(64, Long.parseLong(value))));
            } else if (FLAGS.containsKey(option)) {
                flags.add(FLAGS.get(option) + (value.isEmpty() ? "" : "=" + value));
            } else if (!NOT_NEEDED.contains(option)) {
                left.add("remotes." + name + ".rclone_extras." + option + ": " + advice(option, value));
            }
        });
        yaml.list(3, "flags", flags);
    }

    private static String advice(String option, String value) {
        if (option.equals("--bwlimit")) {
            return "limits are in uploads.timetable, such as \"00:00 " + Sizes.ofRclone(value) + "\"";
        }
        if (option.matches("--(drive|s3|sftp|webdav|b2|box|dropbox|onedrive|crypt)-.*")) {
            String key = option.replaceFirst("--[a-z0-9]+-", "").replace('-', '_');
            return "an option of the remote; put \"" + key + " = " + (value.isEmpty() ? "true" : value)
                    + "\" into rclone's configuration";
        }
        return "is not taken; see the flags of an uploader";
    }
}
