package pulseboard.top;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** What a server says of the machine that is shown, and does not change while it is up. To be used on its thread. */
final class MachineFacts {

    private final Server server;
    private final String path;
    private final ScheduledExecutorService thread;
    private final Runnable changed;
    private @Nullable JsonObject facts;
    private String factsOf = "";

    /** Of the machine whose board this is; nothing is asked yet. */
    MachineFacts(Server server, String board, ScheduledExecutorService thread, Runnable changed) {
        this.server = server;
        this.path = server.machine().isEmpty() ? "api/host" : "api/boards/" + board + "/facts";
        this.thread = thread;
        this.changed = changed;
    }

    /** What is known; null until the server has said so. */
    @Nullable
    JsonObject newest() {
        return facts;
    }

    /** To be called often; asks where the board is another publisher's. */
    void look(String epoch) {
        if (!epoch.equals(factsOf)) {
            factsOf = epoch;
            CompletableFuture<?> unused = server.get(path).thenAcceptAsync(this::take, thread);
        }
    }

    private void take(Server.Answer answer) {
        try {
            facts = answer.status() == 200 ? called(server.machine(), new JsonObject(answer.body())) : facts;
            changed.run();
        } catch (DecodeException notOurs) {
            // Without them there is no name and no uptime to show.
        }
    }

    /** A machine that is linked is what the server calls it, first of all: the names that machines give themselves may be alike. */
    static JsonObject called(String machine, JsonObject facts) {
        if (machine.isEmpty()) {
            return facts;
        }
        boolean hasOther = facts.getValue("name") instanceof String own && !own.isEmpty() && !own.equals(machine);
        return facts.put("name", hasOther ? machine + " (" + facts.getString("name") + ")" : machine);
    }
}
