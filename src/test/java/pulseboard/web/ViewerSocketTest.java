package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether the WebSocket behind a session of SockJS is found: by internals of Vert.x, which may be others in its next version. */
@ExtendWith(VertxExtension.class)
class ViewerSocketTest {

    private static final String TEXT = "1 \" \\ \n \u00fc \u2028 \ud83d\ude00";

    private final List<Boolean> direct = new ArrayList<>();
    private int port;
    private Vertx vertx;

    @BeforeEach
    void serve(Vertx vertx) {
        this.vertx = vertx;
        Router router = Router.router(vertx);
        router.post().handler(BodyHandler.create(false));
        router.route("/s/*")
                .subRouter(SockJSHandler.create(vertx, new SockJSHandlerOptions())
                        .socketHandler(session -> {
                            boolean isSession = !session.uri().endsWith("/s/websocket");
                            ViewerSocket socket = new ViewerSocket(session, isSession, 200);
                            direct.add(socket.isDirect());
                            socket.offer(BusFrame.error(TEXT));
                            session.write("between");
                            socket.offer(BusFrame.error("x".repeat(200)));
                            socket.offer(BusFrame.error("last"));
                        }));
        HttpServer server =
                Wait.on(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        port = server.actualPort();
    }

    private List<String> frames(String path, int count) {
        List<String> frames = new ArrayList<>();
        Promise<Void> all = Promise.promise();
        vertx.createWebSocketClient()
                .connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path))
                .onSuccess(socket -> socket.frameHandler(frame -> {
                    frames.add((frame.isText() ? "text " : "binary ") + frame.textData());
                    if (frames.size() == count) {
                        all.complete();
                    }
                }));
        Wait.on(all.future());
        return frames;
    }

    @Test
    void sessionOverAWebSocketGetsFramesPastTheSessionInTheOrderOfWriting() {
        String error = "{\\\"type\\\":\\\"err\\\",\\\"body\\\":\\\"";
        assertEquals(
                List.of(
                        "text o",
                        "text a[\"" + error + "1 \\\\\\\" \\\\\\\\ \\\\n \\u00fc \\u2028 \\ud83d\\ude00\\\"}\"]",
                        "text a[\"between\"]",
                        "text a[\"" + error + "x".repeat(200) + "\\\"}\"]",
                        "text a[\"" + error + "last\\\"}\"]"),
                frames("/s/000/one/websocket", 5));
        assertEquals(List.of(true), direct, "found by internals of this version of Vert.x");
    }

    @Test
    void otherTransportsAreTheSessions() {
        assertEquals(
                "binary {\"type\":\"err\",\"body\":\"last\"}",
                frames("/s/websocket", 4).get(3));
        WebClient client = WebClient.create(vertx, new WebClientOptions().setKeepAlive(false));
        HttpResponse<Buffer> opened = Wait.on(client.request(HttpMethod.POST, port, "127.0.0.1", "/s/000/two/xhr")
                .send());
        assertEquals("o\n", opened.bodyAsString());
        String told = Wait.on(client.request(HttpMethod.POST, port, "127.0.0.1", "/s/000/two/xhr")
                        .send())
                .bodyAsString();
        assertTrue(told.contains("\"between\""), told);
        assertEquals(List.of(false, false), direct);
    }
}
