#!/bin/sh
# vertx-web 5.1.6, SockJS over HTTP/2: a session that polls ends with the first poll that is answered. What is sent afterwards is
# answered 404, the next poll begins another session, and the answer to a poll closes the whole connection, so that every other
# request on it ends, too.
#
# Expected: SockJS's xhr transports are plain requests; a session lives on between two polls (sessionTimeout, 5 s), and an answer
# ends its own stream. Over HTTP/1.1 the session lives, and only the connection is closed.
# Found: with HTTP/2 the closeHandler of a response is called when its stream has ended well, too; SockJS takes that for a client
# that went away. And XhrTransport closes the connection of each poll (https://github.com/vert-x3/vertx-web/issues/2862).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version>
<dependencies>
<dependency><groupId>io.vertx</groupId><artifactId>vertx-web</artifactId><version>5.1.6</version></dependency>
</dependencies></project>
P
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > Polling.java <<'J'
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.*;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.concurrent.TimeUnit;

public class Polling {
    static HttpClient client;
    static int port;

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        router.get("/endless").handler(context -> context.response().setChunked(true).write("begun"));
        router.post().handler(BodyHandler.create(false));
        router.route("/echo/*").subRouter(SockJSHandler.create(vertx).socketHandler(socket -> socket.handler(socket::write)));
        port = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await(20, TimeUnit.SECONDS).actualPort();
        for (HttpVersion version : new HttpVersion[] {HttpVersion.HTTP_1_1, HttpVersion.HTTP_2}) {
            client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
            Promise<String> other = Promise.promise();
            client.request(HttpMethod.GET, port, "127.0.0.1", "/endless").compose(HttpClientRequest::send).onSuccess(endless -> {
                endless.exceptionHandler(cut -> other.tryComplete("cut off"));
                endless.handler(begun -> {});
            }).await(20, TimeUnit.SECONDS);
            String session = "/echo/000/" + version.name().toLowerCase().replace("_", "");
            String opened = post(session + "/xhr", "");
            String sent = post(session + "/xhr_send", "[\"hello\"]");
            String polled = post(session + "/xhr", "");
            vertx.setTimer(1000, later -> other.tryComplete("goes on"));
            System.out.println(version + ": poll " + opened + ", send " + sent + ", poll " + polled + ", the other request "
                    + other.future().await(20, TimeUnit.SECONDS));
        }
        System.exit(0);
    }

    static String post(String path, String body) throws Exception {
        return client.request(HttpMethod.POST, port, "127.0.0.1", path).compose(request -> request.send(body))
                .compose(response -> response.body().map(text -> response.statusCode() + (" " + text).stripTrailing()))
                .await(20, TimeUnit.SECONDS);
    }
}
J
javac -cp 'lib/*' Polling.java
java -cp 'lib/*:.' Polling | tee found
cat > expected <<'X'
HTTP_1_1: poll 200 o, send 204, poll 200 a["hello"], the other request goes on
HTTP_2: poll 200 o, send 404, poll 200 o, the other request cut off
X
if cmp -s found expected; then
    echo "as found: over HTTP/2 a session ends with its first poll, and the connection with it"
else
    echo "changed" >&2
    exit 1
fi
