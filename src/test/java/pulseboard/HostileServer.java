package pulseboard;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pulseboard.auth.Access;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.web.TlsConfig;
import pulseboard.web.WebConfig;
import pulseboard.web.WebVerticle;

/** A real web side whose boards name everything so that a terminal would obey. */
final class HostileServer implements AutoCloseable {

    /** Sets the title, clears the screen, turns the line around, and asks the terminal to type its answer. */
    private static final String EVIL =
            "\u001b]0;owned\u0007\u009b31m\u001b[2J\r\n\u202eevil\u2066\u200b\u001b[6n\u0085\u2028\u0000\u007f";

    private final Vertx vertx = Vertx.vertx();
    private final WebVerticle web;

    HostileServer() throws TimeoutException {
        WebConfig usual = WebConfig.DEFAULT;
        WebConfig config = new WebConfig(
                usual.host(),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                usual.maxViewers(),
                usual.maxHandlersPerSocket(),
                usual.maxMessageBytes(),
                usual.pingTimeoutSeconds(),
                usual.writeTimeoutSeconds());
        web = new WebVerticle(config, TlsConfig.DEFAULT, "host", Access.open());
        vertx.deployVerticle(new DirectoryVerticle())
                .compose(id -> vertx.deployVerticle(new Board("host", host())))
                .compose(id -> vertx.deployVerticle(new Board("processes", processes())))
                .compose(id -> vertx.deployVerticle(web))
                .await(120, TimeUnit.SECONDS);
        vertx.eventBus()
                .consumer(
                        Addresses.facts("host"),
                        request -> request.reply(new JsonObject()
                                .put("name", EVIL)
                                .put("os", new JsonObject().put("family", EVIL).put("version", EVIL))));
    }

    String address() {
        return "http://127.0.0.1:" + web.port() + "/";
    }

    private static JsonObject host() {
        JsonObject rates = new JsonObject().put("receivedBytesPerSecond", 1).put("readBytesPerSecond", EVIL);
        return new JsonObject()
                .put(
                        "cpu",
                        new JsonObject()
                                .put("busyPercent", 41.5)
                                .put("load1", 1e300)
                                .put("cores", named(rates)))
                .put("memory", new JsonObject().put("usedPercent", EVIL))
                .put("pressure", named(new JsonObject().put("someAvg10Percent", 1)))
                .put("network", new JsonObject().put("interfaces", named(rates)))
                .put("disks", named(rates))
                .put(
                        "filesystems",
                        new JsonObject()
                                .put("/\u001b]0;owned\u0007\u009b31m", new JsonObject().put("usedPercent", 1e9))
                                .put("/b" + EVIL, new JsonObject().put("unavailable", EVIL)))
                .put(
                        "meta",
                        new JsonObject()
                                .put("disks", new JsonObject().put("ok", false).put("reason", EVIL)));
    }

    private static JsonObject processes() {
        JsonObject process =
                new JsonObject().put("name", EVIL).put("user", EVIL).put("cpuPercent", -5);
        return new JsonObject().put("processes", named(process)).put("meta", EVIL);
    }

    private static JsonObject named(JsonObject member) {
        return new JsonObject().put(EVIL, member).put("none", 7);
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(120, TimeUnit.SECONDS);
    }

    private static final class Board extends VerticleBase {
        private final String name;
        private final JsonObject state;

        Board(String name, JsonObject state) {
            this.name = name;
            this.state = state;
        }

        @Override
        public Future<?> start() {
            FeedPublisher publisher = new FeedPublisher(vertx, BoardInfo.of(name, name));
            publisher.publish(state);
            return publisher.ready();
        }
    }
}
