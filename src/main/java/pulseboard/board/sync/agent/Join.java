package pulseboard.board.sync.agent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import pulseboard.board.sync.wire.Identity;
import pulseboard.board.sync.wire.Invitation;
import pulseboard.board.sync.wire.Wire;

/** How a machine comes to belong to a folder. */
public final class Join {

    private Join() {}

    /**
     * Joins: shows the invitation to the coordinator that it names, and keeps the settings if it is let in.
     *
     * @param folder the folder that the invitation is for
     * @return an empty text, or why not
     */
    public static String join(Path state, Invitation invitation, AgentConfig config, String folder)
            throws IOException, GeneralSecurityException {
        Identity identity = Identity.in(state);
        try (Wire wire = Control.connect(config, identity)) {
            Control.write(
                    wire,
                    new JsonObject()
                            .put("kind", "join")
                            .put("secret", invitation.secret())
                            .put("name", config.name())
                            .put("folders", new JsonArray().add(folder)));
            JsonObject answer = Control.read(wire.in());
            String refusal = answer.getString("refused", "");
            if (refusal.isEmpty()) {
                config.keep(state);
            }
            return refusal;
        }
    }
}
