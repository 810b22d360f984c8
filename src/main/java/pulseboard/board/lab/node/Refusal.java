package pulseboard.board.lab.node;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.DecodeException;
import java.io.IOException;
import pulseboard.board.lab.store.Store;

/** A node will not do it, and says so with a status of HTTP and a stable word. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String word;

    Refusal(int status, String word) {
        super(word);
        this.status = status;
        this.word = word;
    }

    int status() {
        return status;
    }

    String word() {
        return word;
    }

    /** A full disk and a broken one are the node's trouble; anything else comes of what was asked. */
    static Refusal of(Throwable failure) {
        if (failure instanceof DecodeException) {
            return new Refusal(400, "bad_request"); // Its cause is one of input, too, and none of the disk.
        }
        Throwable cause = failure.getCause() instanceof IOException ? failure.getCause() : failure;
        if (cause instanceof Store.Full) {
            return new Refusal(507, "disk_full");
        }
        if (cause instanceof IOException && !(cause instanceof HttpClosedException)) {
            return new Refusal(503, "disk_broken");
        }
        return new Refusal(400, "bad_request");
    }
}
