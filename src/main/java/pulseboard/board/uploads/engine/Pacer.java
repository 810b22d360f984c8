package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import pulseboard.board.uploads.rc.RcClient;
import pulseboard.board.uploads.rc.RcFailure;

/** Tells an rclone how fast it may go, when that changes. One rclone for each uploader: its limit is the whole process's. */
final class Pacer {

    private final Throttle throttle;
    private String rate = "off";

    Pacer(Throttle throttle) {
        this.throttle = throttle;
    }

    /** A new rclone knows of no limit. */
    void begin() {
        rate = "off";
    }

    void limit(RcClient rc, long now) throws RcFailure {
        String wanted = throttle.now(now).rate();
        if (!wanted.equals(rate)) {
            JsonObject unused = rc.call("core/bwlimit", new JsonObject().put("rate", wanted));
            rate = wanted;
        }
    }
}
