package pulseboard.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** How a value gets to somebody who looks at it. */
interface ValueSink {

    /** Writes a document, unless what was written before still waits to be read: the next one says all there is to say. */
    void write(String document);

    /** Ends it, and says why. */
    void end(CloseReason why);

    /** As events of a stream that has begun. */
    static ValueSink events(HttpServerResponse response) {
        return new ValueSink() {
            @Override
            public void write(String document) {
                if (!response.closed() && !response.writeQueueFull()) {
                    response.write("event: value\ndata: " + document + "\n\n");
                }
            }

            @Override
            public void end(CloseReason why) {
                Buffer last = why == CloseReason.SIGNED_OUT ? EventStreams.signedOut() : EventStreams.restarting();
                if (!response.closed()) {
                    response.end(last);
                }
            }
        };
    }

    /** As messages of a WebSocket. It is not listened to. */
    static ValueSink socket(ServerWebSocket socket) {
        socket.handler(unwanted -> socket.close());
        return new ValueSink() {
            @Override
            public void write(String document) {
                if (!socket.isClosed() && !socket.writeQueueFull()) {
                    socket.writeTextMessage(document);
                }
            }

            @Override
            public void end(CloseReason why) {
                why.close(socket);
            }
        };
    }
}
