#!/bin/sh
# Vert.x 5.1.6, JDK transport on Java 17: an HTTP server on a Unix socket takes its own working directory for the client's address.
#
# Expected: a client of a Unix socket mostly has no name (unix(7), "unnamed"), so remoteAddress() is null or has an empty path.
# Found: remoteAddress() is a Unix socket whose path is the server's working directory. java.net's address of such a client has the
# empty path, and somewhere below Vert.x that is made absolute.
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
cat > Client.java <<'J'
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.*;
import io.vertx.core.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

public class Client {
    public static void main(String[] arguments) throws Exception {
        UnixDomainSocketAddress plain = UnixDomainSocketAddress.of(arguments[0] + "/plain.socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(plain);
                SocketChannel client = SocketChannel.open(plain);
                SocketChannel taken = server.accept()) {
            System.out.println("java.nio: \"" + taken.getRemoteAddress() + "\"");
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
        SocketAddress address = SocketAddress.domainSocketAddress(arguments[0] + "/server.socket");
        vertx.createHttpServer()
                .requestHandler(request -> request.response().end(String.valueOf(request.remoteAddress().path())))
                .listen(address).await(20, TimeUnit.SECONDS);
        HttpClient http = vertx.createHttpClient();
        String path = http.request(new RequestOptions().setServer(address).setHost("localhost").setURI("/"))
                .compose(HttpClientRequest::send).compose(HttpClientResponse::body).map(Buffer::toString)
                .await(20, TimeUnit.SECONDS);
        System.out.println("Vert.x: " + (path.equals(System.getProperty("user.dir")) ? "the working directory" : "\"" + path + "\""));
        System.exit(0);
    }
}
J
javac -cp 'lib/*' Client.java
java -cp 'lib/*:.' Client "$folder" | tee found
cat > expected <<'X'
java.nio: ""
Vert.x: the working directory
X
if cmp -s found expected; then
    echo "as found: the client of a Unix socket has the server's working directory for its address"
else
    echo "changed" >&2
    exit 1
fi
