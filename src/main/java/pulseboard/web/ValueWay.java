package pulseboard.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** How a value gets to somebody who looks at it. */
interface ValueWay {

    /** Writes a document, unless what was written before still waits to be read: the next one says all there is to say. */
    void write(String document);

    /** Ends it, and says why. */
    void end(Farewell why);

    /** As events of a stream that has begun. */
    static ValueWay events(HttpServerResponse response) {
        return new ValueWay() {
            @Override
            public void write(String document) {
                if (!response.closed() && !response.writeQueueFull()) {
                    response.write("event: value\ndata: " + document + "\n\n");
                }
            }

            @Override
            public void end(Farewell why) {
                Buffer last = why == Farewell.SIGNED_OUT ? EventStreams.signedOut() : EventStreams.restarting();
                if (!response.closed()) {
                    response.end(last);
                }
            }
        };
    }

    /** As messages of a WebSocket. It is not listened to. */
    static ValueWay socket(ServerWebSocket socket) {
        socket.handler(unwanted -> socket.close());
        return new ValueWay() {
            @Override
            public void write(String document) {
                if (!socket.isClosed() && !socket.writeQueueFull()) {
                    socket.writeTextMessage(document);
                }
            }

            @Override
            public void end(Farewell why) {
                why.close(socket);
            }
        };
    }
}
