package pulseboard.alert.channel;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import pulseboard.SelfSigned;

/** Stands before a mail server and speaks TLS for it, or stands alone and repeats what it is told. */
final class MailFront {

    /** The lines that came before TLS. */
    final List<String> readable = new CopyOnWriteArrayList<>();

    private final NetClient client; // One that nobody holds is closed when it is garbage.
    private final NetServer server;

    private MailFront(Vertx vertx, NetServerOptions options) {
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer(options.setHost("127.0.0.1").setPort(0));
    }

    /** TLS after STARTTLS. */
    static MailFront start(Vertx vertx, SelfSigned own, int behind) {
        MailFront front = new MailFront(vertx, options(own));
        return front.listen(socket -> front.dialogue(socket, behind));
    }

    /** TLS from the beginning. */
    static MailFront startSecure(Vertx vertx, SelfSigned own, int behind) {
        MailFront front = new MailFront(vertx, options(own).setSsl(true));
        return front.listen(socket -> front.connect(socket, behind, Buffer.buffer(), waiting(socket)));
    }

    /** No TLS, and refuses every password by saying it. */
    static MailFront startEcho(Vertx vertx) {
        MailFront front = new MailFront(vertx, new NetServerOptions());
        return front.listen(front::echo);
    }

    private static NetServerOptions options(SelfSigned own) {
        return new NetServerOptions()
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(own.certificate().toString())
                        .addKeyPath(own.key().toString()));
    }

    private MailFront listen(Handler<NetSocket> handler) {
        server.connectHandler(handler).listen().await();
        return this;
    }

    int port() {
        return server.actualPort();
    }

    private void dialogue(NetSocket socket, int behind) {
        socket.write("220 front\r\n");
        socket.handler(line -> {
            String command = line.toString().strip();
            readable.add(command);
            if (!command.equals("STARTTLS")) {
                socket.write("250-front\r\n250 STARTTLS\r\n");
                return;
            }
            // The first line of TLS may be here before anybody is told that it is TLS now.
            Buffer early = waiting(socket);
            socket.upgradeToSsl(Buffer.buffer("220 go on\r\n"))
                    .onSuccess(secure -> connect(socket, behind, Buffer.buffer("220 "), early));
        });
    }

    /** What comes until there is somebody to hand it to. */
    private static Buffer waiting(NetSocket socket) {
        Buffer early = Buffer.buffer();
        socket.handler(early::appendBuffer);
        return early;
    }

    /** @param hidden the beginning of what the server says first and the client has had already; empty when it has not */
    private void connect(NetSocket socket, int behind, Buffer hidden, Buffer early) {
        client.connect(behind, "127.0.0.1").onSuccess(other -> {
            other.handler(data -> {
                boolean isHidden = hidden.length() > 0 && data.toString().startsWith(hidden.toString());
                // Only its line: more may have come with it.
                int from = isHidden ? data.toString().indexOf('\n') + 1 : 0;
                if (from < data.length()) {
                    socket.write(data.slice(from, data.length()));
                }
            });
            other.write(early);
            socket.handler(other::write);
            socket.closeHandler(closed -> other.close());
            other.closeHandler(closed -> socket.close());
        });
    }

    private void echo(NetSocket socket) {
        socket.write("220 echo\r\n");
        socket.handler(line -> {
            String command = line.toString().strip();
            readable.add(command);
            if (command.startsWith("EHLO")) {
                socket.write("250-echo\r\n250 AUTH PLAIN\r\n");
            } else {
                socket.write("535 not \"" + command + "\", that is corr3ct horse\r\n");
            }
        });
    }
}
