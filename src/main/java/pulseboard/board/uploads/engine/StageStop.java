package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.uploads.rc.RcClient;
import pulseboard.board.uploads.rc.RcFailure;

/**
 * What a stage that was stopped has left on its remote: what is short is taken away, and so are parts; what is whole, with the time of the file here, has arrived
 * in that very moment, and nobody was told. Where the remote does not let itself be asked, as when an account has asked enough for a day, all of it stays: it is
 * sent anew, whole.
 */
final class StageStop {

    private static final Logger LOG = LoggerFactory.getLogger(StageStop.class);

    /** So many files are asked for one by one. */
    private static final int FEW = 50;

    /** Some remotes have no fractions of a second, cut off or rounded. */
    private static final int TIMES_DIFFER_SECONDS = 1;

    private final StageRun stage;
    private final RcClient rc;
    private final String target;
    private final ToIntFunction<String> times;
    private final boolean isCopy;

    /** Of this stage, whose rclone has stopped it; {@code times} are those of the files here, in seconds since 1970. */
    StageStop(StageRun stage, RcClient rc, Job job, ToIntFunction<String> times) {
        this.stage = stage;
        this.rc = rc;
        target = job.target(stage.note().account());
        isCopy = !job.isMove();
        this.times = times;
    }

    /** Takes away what is not whole; returns what is. A file that is moved has not arrived before rclone has deleted it here. */
    List<StageRun.Arrived> tidy() throws RcFailure {
        List<StageRun.Arrived> whole = new ArrayList<>();
        Set<String> begun = stage.begun();
        Set<String> asked = new LinkedHashSet<>(begun);
        if (stage.left().size() <= FEW) {
            asked.addAll(stage.left().keySet()); // It may have begun with one that nobody has seen.
        }
        try {
            for (String path : asked) {
                if (isWhole(path) && isCopy && begun.contains(path)) {
                    whole.add(stage.arrivedUntold(path));
                }
            }
            removeParts(asked);
        } catch (RcFailure e) {
            if (e.isSilent()) {
                throw e;
            }
            LOG.warn("What was stopped half on {} could not be looked at: {}", target, e.getMessage());
        }
        return whole;
    }

    /** Whether it is there as it is here; where it is short, it is taken away. */
    private boolean isWhole(String path) throws RcFailure {
        JsonObject item = StageRun.item(rc, target, path);
        long size = Objects.requireNonNull(stage.left().get(path));
        long there = item.getLong("Size", -1L);
        if (there >= 0 && there < size) {
            JsonObject unused = rc.call(
                    "operations/deletefile", new JsonObject().put("fs", target).put("remote", path));
        }
        int time = Queue.time(item.getString("ModTime", ""));
        return there == size
                && time != Queue.NO_TIME
                && Math.abs((long) time - times.applyAsInt(path)) <= TIMES_DIFFER_SECONDS;
    }

    private void removeParts(Set<String> paths) throws RcFailure {
        JsonObject listed;
        try {
            listed = rc.call("backend/command", OpenParts.command(OpenParts.LIST, target))
                    .getJsonObject("result", new JsonObject());
        } catch (RcFailure e) {
            if (e.isSilent()) {
                throw e;
            }
            return; // Such a remote has no parts.
        }
        for (String path : OpenParts.ours(listed, paths, stage.note().startedAt())) {
            JsonObject unused =
                    rc.call("backend/command", OpenParts.command(OpenParts.CLEAN, OpenParts.place(target, path)));
        }
    }
}
