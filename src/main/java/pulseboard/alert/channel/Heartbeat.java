package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks for an address each minute, so that whoever listens there notices when nothing comes any more: then nobody watches. */
final class Heartbeat implements Minutely {

    static final Set<String> KEYS = Set.of("url", "urlFile", "urlEnv", "method", "allow", "caFile");

    private static final String GET = "GET";

    private final Vertx vertx;
    private final ChannelContext context;
    private final WebAddress address;
    private final HttpMethod method;
    private final Http http;

    Heartbeat(Vertx vertx, ChannelSettings settings, ChannelContext context) {
        this.vertx = vertx;
        this.context = context;
        address = WebAddress.of(settings, "url");
        method = HttpMethod.valueOf(settings.oneOf("method", GET, List.of(GET, "POST")));
        http = new Http(vertx, context, settings.allowed("allow"), settings.text("caFile", ""));
    }

    @Override
    public Future<String> tick(Firing firing) {
        return address.read(vertx, context).compose(this::ask);
    }

    private Future<String> ask(URI url) {
        return http.deliver(new Http.Request(method, url, Map.of(), Buffer.buffer(), address.secrets(url)));
    }

    /** A test is a beat like any other; a message has nothing to do here. */
    @Override
    public Future<String> send(Message message) {
        return MessageText.isTest(message)
                ? address.read(vertx, context).compose(this::ask)
                : Future.failedFuture(new ChannelFailure(
                        "a heartbeat takes no messages; the route must name another channel", true, 0));
    }

    @Override
    public void close() {
        http.close();
    }
}
