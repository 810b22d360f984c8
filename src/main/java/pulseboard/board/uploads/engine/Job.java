package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import pulseboard.board.uploads.config.ByteSize;
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
        return TimeSpan.hold(settings().times(), time().toLocalTime());
    }

    /** The time in the uploader's zone. */
    private ZonedDateTime time() {
        return Instant.ofEpochMilli(now())
                .atZone(UploadsConfig.zone("timeZone", settings().timeZone()));
    }

    /** When a session begins by itself: how much has to wait, and from when on, unless it may at once. */
    JsonObject next() {
        JsonObject json = new JsonObject().put("bytes", ByteSize.of(settings().startBytes()));
        TimeSpan.nextBegin(settings().times(), time())
                .ifPresent(at -> json.put("at", at.toInstant().toEpochMilli()));
        return json;
    }

    boolean isMove() {
        return settings().kind().equals("move");
    }

    long now() {
        return System.currentTimeMillis();
    }

    /** Which of its accounts that is, for people: {@code 2 of 3}. */
    String positionOf(Account account) {
        return accounts.indexOf(account) + 1 + " of " + accounts.size();
    }
}
