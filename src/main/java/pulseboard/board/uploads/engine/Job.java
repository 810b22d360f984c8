package pulseboard.board.uploads.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import pulseboard.board.uploads.config.TimeSpan;
import pulseboard.board.uploads.config.UploaderConfig;
import pulseboard.board.uploads.config.UploadsConfig;
import pulseboard.board.uploads.rc.RcloneProgram;

/**
 * An uploader, as the settings have it.
 *
 * @param name its name
 * @param config the settings of the board
 * @param folder where its session is noted
 * @param accounts what it uploads by
 * @param throttle how fast it may go
 */
public record Job(String name, UploadsConfig config, Path folder, List<Account> accounts, Throttle throttle) {

    UploaderConfig settings() {
        return Objects.requireNonNull(config.uploaders().get(name), name);
    }

    /** How its rclone is called. */
    public RcloneProgram program() {
        return new RcloneProgram(config.rclone(), config.rcloneConfig(), config.rcloneConfigPasswordFile());
    }

    Path file(String ending) {
        return folder.resolve(ending);
    }

    /** The path on the remote, without the remote. */
    String path() {
        String target = settings().target();
        return target.substring(target.indexOf(':') + 1);
    }

    /** The remote and path that an account uploads to. */
    String target(Account account) {
        return account.remote() + path();
    }

    /** Whether a session may start by itself at this time of the day. */
    boolean isTime() {
        ZoneId zone = UploadsConfig.zone("timeZone", settings().timeZone());
        return TimeSpan.hold(
                settings().times(), Instant.ofEpochMilli(now()).atZone(zone).toLocalTime());
    }

    boolean isMove() {
        return settings().kind().equals("move");
    }

    long now() {
        return System.currentTimeMillis();
    }
}
