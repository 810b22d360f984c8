package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import pulseboard.board.sync.wire.Invitation;

/** Looks at invitations: each is good once, and whoever guesses gets few answers. */
final class Door {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final int WRONG_CODES_A_MINUTE = 5;

    private final Path invitations;
    private long sinceNanos = System.nanoTime();
    private int wrongCodes;

    Door(Path invitations) {
        this.invitations = invitations;
    }

    /** Why somebody is not let in; an empty text if he is, and then the invitation is used up. */
    String refusal(JsonObject frame, long nowNanos) throws IOException {
        if (nowNanos - sinceNanos > TimeUnit.MINUTES.toNanos(1)) {
            sinceNanos = nowNanos;
            wrongCodes = 0;
        }
        if (wrongCodes >= WRONG_CODES_A_MINUTE) {
            return "too many wrong codes; wait for a minute";
        }
        JsonArray wanted = frame.getJsonArray("folders", new JsonArray());
        if (!NAME.matcher(frame.getString("name", "")).matches() || wanted.size() != 1) {
            return "a machine has a name, and joins one folder at a time";
        }
        String folder = Invitation.use(
                invitations, frame.getString("secret", ""), frame.getString("name"), System.currentTimeMillis());
        if (folder.isEmpty()) {
            wrongCodes++;
            return "this invitation was used, is older than 15 minutes, or was never given; make another";
        }
        return folder.equals(wanted.getString(0)) ? "" : "this invitation is for the folder " + folder;
    }
}
