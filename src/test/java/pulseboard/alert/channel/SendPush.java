package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** Sends one message to the browsers of a state folder; client/push.test.js runs it, with the jar that ships. */
public final class SendPush {

    private SendPush() {}

    /** Prints what became of it. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        try {
            JsonObject settings = JsonObject.of("kind", "push", "contact", "mailto:ops@example.net")
                    .put("allow", JsonArray.of("127.0.0.1", "::1"));
            Message.Item item = new Message.Item(
                    "a1b2c3d4e5f60718", "firing", "critical", "host", "full", "/srv", arguments[1], "", 0, 0);
            Message message = new Message(
                    "m-1", "firing", "critical", "web1", arguments[1], List.of(item), System.currentTimeMillis(), "");
            Channel channel =
                    Channels.of(vertx, "push", settings, ChannelContext.of(Path.of(arguments[0]), Readers.ALL));
            System.out.println(channel.send(message)
                    .recover(failure -> Future.succeededFuture("failed: " + failure.getMessage()))
                    .await());
        } finally {
            vertx.close().await();
        }
    }
}
