package pulseboard.board.uploads.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Settings of one uploader: a folder, and the remote where its files are to be.
 *
 * @param source the folder on this machine
 * @param target a remote of rclone and the path there, such as {@code drive:Media}
 * @param accounts what it uploads by, one after another: remotes of rclone ({@code drive1:}), files of service accounts
 *     ({@code /etc/sa/1.json}), or folders of such files ({@code /etc/sa/}); none: the remote of the target
 * @param kind {@code copy}, or {@code move}, which deletes the source of what has arrived
 * @param include patterns of rclone of paths that are taken; none: all
 * @param exclude patterns of rclone of paths that are left out all the same
 * @param strategy how stages are planned: {@code fit}, {@code oldest} or {@code cloudplow}
 * @param stageBytes the most that one stage moves
 * @param transfers how many files are under way at once
 * @param startBytes a session starts by itself when so much waits
 * @param times when a session may start, such as {@code 22:00-06:00}; none: always
 * @param timeZone the zone of these times, such as {@code Europe/Berlin}; empty: that of this machine
 * @param flags options of rclone's configuration, such as {@code BufferSize=8M}; those that are allowed are listed with the board
 */
public record UploaderConfig(
        String source,
        String target,
        List<String> accounts,
        String kind,
        List<String> include,
        List<String> exclude,
        String strategy,
        String stageBytes,
        int transfers,
        String startBytes,
        List<String> times,
        String timeZone,
        List<String> flags) {

    /** What is used unless somebody says otherwise. */
    public static final UploaderConfig DEFAULT = new UploaderConfig(
            "", "", List.of(), "copy", List.of(), List.of(), "fit", "200 GB", 4, "200 GB", List.of(), "", List.of());

    /** A colon ends the name of a remote; one-letter names would be drives of Windows. */
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_ .+@-]+:[^\\n]*");

    /** What rclone may be told beside what is told anyway: nothing that deletes, limits, or hides what is done. */
    private static final Set<String> FLAGS = Set.of(
            "BufferSize",
            "Checkers",
            "CheckSum",
            "ConnectTimeout",
            "IgnoreExisting",
            "IgnoreTimes",
            "LowLevelRetries",
            "MultiThreadCutoff",
            "MultiThreadStreams",
            "NoTraverse",
            "OrderBy",
            "SizeOnly",
            "Timeout",
            "TPSLimit",
            "TPSLimitBurst",
            "UpdateOlder",
            "UserAgent",
            "UseMmap");

    /** Copies. */
    public UploaderConfig {
        accounts = List.copyOf(accounts);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        times = List.copyOf(times);
        flags = List.copyOf(flags);
    }

    /**
     * Checks the values, once it is known how the uploader is called.
     *
     * @param key the name of the group of these settings, which messages begin with
     * @throws IllegalArgumentException when one of them cannot be
     */
    void check(String key) {
        require(
                source.startsWith("/"),
                key + ".source must be a folder with its whole path, such as /srv/media, not " + shown(source));
        require(
                TARGET.matcher(target).matches(),
                key + ".target must be a remote of rclone and a path, such as drive:Media, not " + shown(target));
        for (String account : accounts) {
            require(
                    account.startsWith("/") || TARGET.matcher(account).matches(),
                    key + ".accounts must be remotes such as drive1: or files and folders with their whole path, not "
                            + account);
        }
        requireOneOf(key + ".kind", kind, List.of("copy", "move"));
        requireOneOf(key + ".strategy", strategy, List.of("fit", "oldest", "cloudplow"));
        require(transfers >= 1 && transfers <= 64, key + ".transfers must be from 1 to 64, not " + transfers);
        for (String flag : flags) {
            require(
                    FLAGS.contains(flag.split("=", 2)[0]),
                    key + ".flags must be among " + String.join(", ", new TreeSet<>(FLAGS)) + ", not " + flag);
        }
        UploadsConfig.zone(key + ".timeZone", timeZone);
        times.forEach(time -> TimeSpan.of(key + ".times", time));
        UploadsConfig.size(key + ".stageBytes", stageBytes);
        UploadsConfig.size(key + ".startBytes", startBytes);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "empty" : value;
    }

    private static void requireOneOf(String key, String value, List<String> known) {
        require(known.contains(value), key + " must be one of " + String.join(", ", known) + ", not " + value);
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
