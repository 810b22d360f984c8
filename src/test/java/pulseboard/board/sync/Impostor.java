package pulseboard.board.sync;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pulseboard.board.sync.agent.AgentConfig;
import pulseboard.board.sync.wire.Identity;
import pulseboard.board.sync.wire.Wire;

/** A machine that was let into a folder, and then says to the others what it likes. */
final class Impostor implements AutoCloseable {

    private static final int SILENCE_MILLISECONDS = 120_000;

    private final Identity identity;
    private final AgentConfig config;
    private final String folder;
    private final ServerSocket server;
    private final Wire control;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private int edits;

    /** What it says to whoever asks it for contents. */
    interface Answers {
        /** After the other one has said which folder it is about. */
        void answer(Wire wire) throws IOException;
    }

    /** It has joined with this state folder. */
    Impostor(Path state, String folder, Answers answers) throws Exception {
        identity = Identity.in(state);
        config = AgentConfig.in(state);
        this.folder = folder;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        control = Wire.connect(
                identity.context(config.coordinator()::equals),
                new InetSocketAddress(config.host(), config.port()),
                SILENCE_MILLISECONDS);
        run("impostor's contents", () -> accept(answers));
        say(new JsonObject()
                .put("kind", "hello")
                .put("name", config.name())
                .put("host", "127.0.0.1")
                .put("port", server.getLocalPort())
                .put(
                        "folders",
                        new JsonObject()
                                .put(
                                        folder,
                                        new JsonObject()
                                                .put("actor", "7")
                                                .put("incarnation", "one")
                                                .put("generation", 1))));
        run("impostor's control", this::listen);
    }

    private static void run(String name, Runnable what) {
        Thread thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void say(JsonObject frame) throws IOException {
        byte[] bytes = frame.encode().getBytes(StandardCharsets.UTF_8);
        synchronized (control) {
            control.out().writeInt(bytes.length);
            control.out().write(bytes);
            control.out().flush();
        }
    }

    private void listen() {
        try {
            while (true) {
                JsonObject frame = new JsonObject(
                        new String(control.in().readNBytes(control.in().readInt()), StandardCharsets.UTF_8));
                if ("ping".equals(frame.getString("kind"))) {
                    say(new JsonObject().put("kind", "pong").put("at", frame.getLong("at")));
                }
                frame.getJsonArray("peers", new JsonArray())
                        .forEach(each -> ports.put(
                                ((JsonObject) each).getString("name"), ((JsonObject) each).getInteger("port")));
            }
        } catch (IOException | RuntimeException e) {
            // It is closed, or has been sent away.
        }
    }

    private void accept(Answers answers) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                run("impostor's answer", () -> answer(socket, answers));
            } catch (IOException e) {
                // It is closed.
            }
        }
    }

    private void answer(Socket socket, Answers answers) {
        try (socket;
                Wire wire = Wire.accept(identity.context(any -> true), socket, SILENCE_MILLISECONDS)) {
            wire.in().readUTF();
            answers.answer(wire);
        } catch (Exception e) {
            // The other side has had enough.
        }
    }

    /** Says that it has a file with this content, newer than what it said before. */
    void announce(String path, String contentId, long size) throws IOException {
        JsonObject change = new JsonObject()
                .put("path", path)
                .put("kind", "file")
                .put("size", size)
                .put("mtimeNanos", 1_700_000_000_000_000_000L)
                .put("mode", 0644)
                .put("contentId", contentId)
                .put("version", "0000000000000007:" + ++edits);
        say(new JsonObject().put("kind", "announce").put("folder", folder).put("changes", new JsonArray().add(change)));
    }

    /** Where another machine of the folder listens; 0 while that is not known. */
    int port(String name) {
        return ports.getOrDefault(name, 0);
    }

    /** Connects to whoever listens there and says which folder it is about. */
    Wire connect(int port, String about) throws Exception {
        Wire wire = connect(identity, port);
        wire.out().writeUTF(about);
        return wire;
    }

    static Wire connect(Identity identity, int port) throws Exception {
        return Wire.connect(
                identity.context(any -> true),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                SILENCE_MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        server.close();
        control.close();
    }
}
