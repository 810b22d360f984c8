#!/bin/sh
# Vert.x 5.1.6, JDK transport on Java 17: a WebSocketClient overlooks the address of a Unix socket.
#
# Expected: WebSocketConnectOptions.setServer(SocketAddress) is inherited from RequestOptions: "the address to connect to", whatever
# host and port say; HttpClient.request() takes it so, with the Unix socket of the JDK (16 and newer), no native transport needed.
# Found: WebSocketClient.connect() dials host and port by TCP, and nobody is there. Over a connection that an HttpClient has made,
# there is no way to a WebSocket in Vert.x 5 either.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version>
<dependencies>
<dependency><groupId>io.vertx</groupId><artifactId>vertx-core</artifactId><version>5.1.6</version></dependency>
</dependencies></project>
P
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > Dial.java <<'J'
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.*;
import io.vertx.core.net.SocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;

public class Dial {
    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
        SocketAddress address = SocketAddress.domainSocketAddress(arguments[0] + "/server.socket");
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        vertx.createHttpServer().requestHandler(request -> request.response().end("answered"))
                .webSocketHandler(socket -> socket.writeTextMessage("answered"))
                .listen(address).await(20, TimeUnit.SECONDS);
        HttpClient http = vertx.createHttpClient();
        System.out.println("HttpClient: " + http
                .request(new RequestOptions().setServer(address).setHost("127.0.0.1").setPort(nobody).setURI("/"))
                .compose(HttpClientRequest::send).compose(HttpClientResponse::body).map(Buffer::toString)
                .await(20, TimeUnit.SECONDS));
        WebSocketClient client = vertx.createWebSocketClient();
        System.out.println("WebSocketClient: " + client
                .connect(new WebSocketConnectOptions().setServer(address).setHost("127.0.0.1").setPort(nobody).setURI("/"))
                .map(socket -> "connected to " + socket.remoteAddress())
                .otherwise(failure -> failure.getMessage().replace(":" + nobody, ":PORT").replaceFirst(".*(?=Connection refused)", ""))
                .await(20, TimeUnit.SECONDS));
        System.exit(0);
    }
}
J
javac -cp 'lib/*' Dial.java
java -cp 'lib/*:.' Dial "$folder" | tee found
cat > expected <<'X'
HttpClient: answered
WebSocketClient: Connection refused: /127.0.0.1:PORT
X
if cmp -s found expected; then
    echo "as found: a WebSocketClient dials host and port instead of the Unix socket"
else
    echo "changed" >&2
    exit 1
fi
