#!/bin/sh
# Vert.x 5.1.6, HTTP/2 server: response.reset() does nothing once response.end(body) was called, even when nearly nothing of the
# body is written yet because the client has no window open: it fails with "Request ended", and the stream and the body stay.
#
# Expected: as RFC 9113 (5.1) has it, a stream whose last frame was not sent can be reset, and the future of end() fails.
# Found: Vert.x takes the answer for sent when its end is queued. After write(body) without end(), reset() works, and the future
# of write() fails.
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
cat > Reset.java <<'J'
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.*;
import java.util.concurrent.TimeUnit;

public class Reset {
    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        Buffer body = Buffer.buffer(new byte[4 << 20]);
        for (boolean end : new boolean[] {true, false}) {
            Promise<String> outcome = Promise.promise();
            HttpServer server = vertx.createHttpServer().requestHandler(request -> {
                HttpServerResponse response = request.response();
                response.putHeader("content-length", String.valueOf(body.length()));
                Future<Void> written = end ? response.end(body) : response.write(body);
                vertx.setTimer(500, later -> {
                    boolean unread = !written.isComplete();
                    response.reset().onComplete(reset -> vertx.setTimer(500, afterwards -> outcome.complete("unread " + unread
                            + ", reset " + (reset.succeeded() ? "done" : "refused")
                            + ", body " + (written.isComplete() ? "given up" : "kept"))));
                });
            });
            int port = server.listen(0, "127.0.0.1").await(20, TimeUnit.SECONDS).actualPort();
            HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
            client.request(HttpMethod.GET, port, "127.0.0.1", "/").compose(HttpClientRequest::send)
                    .onSuccess(response -> response.exceptionHandler(reset -> {}).pause());
            System.out.println((end ? "end(body):   " : "write(body): ")
                    + outcome.future().await(20, TimeUnit.SECONDS));
        }
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
J
javac -cp 'lib/*' Reset.java
java -cp 'lib/*:.' Reset | tee found
cat > expected <<'X'
end(body):   unread true, reset refused, body kept
write(body): unread true, reset done, body given up
X
if cmp -s found expected; then
    echo "as found: an answer whose end is queued cannot be reset"
else
    echo "changed" >&2
    exit 1
fi
