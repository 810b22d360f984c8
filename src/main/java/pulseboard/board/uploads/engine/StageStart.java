package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import pulseboard.board.uploads.rc.LogLine;
import pulseboard.board.uploads.rc.RcClient;
import pulseboard.board.uploads.rc.RcFailure;
import pulseboard.board.uploads.rc.RcloneDaemon;

/** Begins a stage. First it is noted, then it begins: so no rclone is ever at a stage that nobody knows of. */
final class StageStart {

    private final Job job;
    private final RcloneDaemon daemon;
    private final Map<String, Long> sizes;

    /** Of these files, by path. */
    StageStart(Job job, RcloneDaemon daemon, Map<String, Long> sizes) {
        this.job = job;
        this.daemon = daemon;
        this.sizes = sizes;
    }

    StageRun begin(RcClient rc, Stage next, SessionNote session, Consumer<LogLine> heard)
            throws IOException, RcFailure {
        Path list = job.file("stage.txt");
        StageRun.writeList(list, sizes.keySet());
        long offset = Files.size(daemon.log());
        StageRun.Note begun = new StageRun.Note(
                session.stages() + 1, next.account(), next.transfers(), job.now(), daemon.run(), 0, offset);
        session.with(begun).write(job.file("session.json"));
        JsonObject command = StageRun.command(begun, job.settings().source(), job.path(), list);
        addFlags(command, job.settings().flags());
        begun = begun.withJob(
                rc.call(job.isMove() ? "sync/move" : "sync/copy", command).getLong("jobid", 0L));
        session.with(begun).write(job.file("session.json"));
        return new StageRun(begun, sizes, daemon.log(), heard);
    }

    /** Adds options of rclone's configuration, such as {@code BufferSize=8M}; numbers and yes or no are told as such. */
    private static void addFlags(JsonObject command, List<String> flags) {
        JsonObject config = command.getJsonObject("_config");
        for (String flag : flags) {
            String[] parts = flag.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "true";
            if (value.matches("true|false")) {
                config.put(parts[0], Boolean.valueOf(value));
            } else if (value.matches("\\d{1,9}")) {
                config.put(parts[0], Integer.valueOf(value));
            } else {
                config.put(parts[0], value);
            }
        }
    }
}
