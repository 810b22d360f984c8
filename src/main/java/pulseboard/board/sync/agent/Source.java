package pulseboard.board.sync.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.content.BlockDelta;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.content.ListDelta;
import pulseboard.board.sync.wire.Wire;
import pulseboard.engine.RateLimit;

/** Gives contents to other agents: to those of the same folder, and only what is what it was. A thread for each connection. */
final class Source implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Source.class);
    private static final int MOST_CONNECTIONS = 64;
    private static final int SILENCE_MILLISECONDS = 120_000;

    private final ServerSocket server;
    private final SSLContext context;
    private final RateLimit send;
    private final Function<String, @Nullable Shelf> shelves;
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);

    /** An open file, and the path where it is; empty for an old version. */
    record Held(String path, FileChannel file, long size) {}

    /** Where the contents of a folder are, for whoever belongs to it. */
    interface Shelf {
        boolean isMember(String device);

        Index index();

        /** The file that has a content: at a path, or an old version that is kept; null if there is none. */
        @Nullable
        Held open(String contentId) throws IOException;

        /** What is there is not what was known of it. */
        void changed(String path);

        void sent(String device, long bytes, long receivedBytes);

        /** Where this machine takes files from a person; null for whoever may not bring any. */
        @Nullable
        Arrivals arrivals(String device);
    }

    Source(String host, SSLContext context, Function<String, @Nullable Shelf> shelves, RateLimit send)
            throws IOException {
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
        this.context = context;
        this.shelves = shelves;
        this.send = send;
        Thread thread = new Thread(this::accept, "source");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (!connections.tryAcquire()) {
                    socket.close();
                    continue;
                }
                Thread thread = new Thread(() -> serve(socket), "source of " + socket.getRemoteSocketAddress());
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("A connection could not be taken: {}", e.toString());
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                Wire wire = Wire.accept(context, socket, SILENCE_MILLISECONDS)) {
            wire.limit(new RateLimit(), send);
            String folder = wire.in().readUTF();
            Shelf shelf = shelves.apply(folder);
            if (shelf == null || !shelf.isMember(wire.peer())) {
                LOG.warn("Refused the machine {}, which does not belong to the folder {}", wire.peer(), folder);
                return;
            }
            answer(wire, shelf);
        } catch (EOFException | SocketException e) {
            LOG.debug("A connection of another agent ended", e);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A connection of another agent was given up", e);
        } finally {
            connections.release();
        }
    }

    private static void answer(Wire wire, Shelf shelf) throws IOException {
        while (true) {
            long sent = wire.sentBytes();
            long received = wire.receivedBytes();
            DataInputStream in = wire.in();
            int what = in.read();
            if (what < 0) {
                return;
            }
            Request request = new Request(in, wire.out(), shelf);
            switch (what) {
                case Ask.WHOLE -> whole(request);
                case Ask.LIST -> list(request);
                case Ask.CHUNKS -> chunks(request);
                case Ask.BLOCKS -> blocks(request);
                case Ask.PUT -> put(wire, shelf);
                default -> throw new IOException("an unknown question: " + what);
            }
            wire.out().flush();
            shelf.sent(wire.peer(), wire.sentBytes() - sent, wire.receivedBytes() - received);
        }
    }

    private static void put(Wire wire, Shelf shelf) throws IOException {
        Arrivals arrivals = shelf.arrivals(wire.peer());
        if (arrivals == null) {
            throw new IOException("only the coordinator puts files here");
        }
        arrivals.take(wire.in(), wire.out());
    }

    private record Request(DataInputStream in, DataOutputStream out, Shelf shelf) {

        String content() throws IOException {
            return HexFormat.of().formatHex(in.readNBytes(Content.HASH));
        }

        int count(int most) throws IOException {
            int count = in.readInt();
            if (count < 0 || count > most) {
                throw new IOException("too much at once: " + count);
            }
            return count;
        }

        /** The list of a content that is here; read anew where it has one chunk only. */
        @Nullable
        Content known(String contentId) throws IOException {
            Content list = shelf.index().list(contentId);
            Held held = list == null ? shelf.open(contentId) : null;
            if (held == null) {
                return list;
            }
            try (FileChannel file = held.file()) {
                Content read = Content.read(file, file.size(), (bytes, from, length) -> {});
                return read.id().equals(contentId) ? read : null;
            }
        }
    }

    private static void whole(Request request) throws IOException {
        int count = request.count(Ask.MOST_ITEMS);
        List<String> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            all.add(request.content());
        }
        for (String each : all) {
            byte[] bytes = bytes(request.shelf, each);
            request.out.writeByte(bytes == null ? Ask.ABSENT : Ask.OK);
            if (bytes != null) {
                request.out.writeInt(bytes.length);
                request.out.write(bytes);
            }
        }
    }

    /** Whoever gets it cuts and hashes it anyway. */
    private static byte @Nullable [] bytes(Shelf shelf, String contentId) throws IOException {
        Held held = shelf.open(contentId);
        if (held == null) {
            return null;
        }
        try (FileChannel file = held.file()) {
            if (file.size() != held.size() || held.size() > Ask.MOST_BYTES) {
                shelf.changed(held.path());
                return null;
            }
            return Excerpt.read(file, 0, (int) held.size());
        }
    }

    private static void list(Request request) throws IOException {
        String wanted = request.content();
        Content old = request.shelf.index().list(request.content());
        Content list = request.known(wanted);
        request.out.writeByte(list == null ? Ask.ABSENT : Ask.OK);
        if (list != null) {
            byte[] bytes = old == null ? list.toBytes() : ListDelta.encode(old, list);
            request.out.writeByte(old == null ? 0 : 1);
            request.out.writeInt(bytes.length);
            request.out.write(bytes);
        }
    }

    private static void chunks(Request request) throws IOException {
        String contentId = request.content();
        int count = request.count(Ask.MOST_ITEMS);
        int[][] ranges = new int[count][2];
        for (int[] range : ranges) {
            range[0] = request.in.readInt();
            range[1] = request.in.readInt();
        }
        give(request, contentId, (list, file) -> {
            for (int[] range : ranges) {
                for (int chunk = range[0]; chunk < Math.addExact(range[0], range[1]); chunk++) {
                    byte[] bytes = Excerpt.chunks(list, file, chunk, 1);
                    boolean isZero = Excerpt.isZero(bytes);
                    request.out.writeInt(isZero ? 0 : bytes.length);
                    request.out.write(bytes, 0, isZero ? 0 : bytes.length);
                }
            }
        });
    }

    private interface Giving {
        void give(Content list, FileChannel file) throws IOException;
    }

    private static void give(Request request, String contentId, Giving giving) throws IOException {
        Content list = request.known(contentId);
        Held held = list == null ? null : request.shelf.open(contentId);
        if (list == null || held == null) {
            request.out.writeByte(Ask.ABSENT);
            return;
        }
        try (FileChannel file = held.file()) {
            if (file.size() != list.size()) {
                request.shelf.changed(held.path());
                request.out.writeByte(Ask.CHANGED);
                return;
            }
            request.out.writeByte(Ask.OK);
            giving.give(list, file);
        } catch (Excerpt.Changed e) {
            request.shelf.changed(held.path());
            throw e; // In the middle of an answer there is only one way to say so.
        }
    }

    private static void blocks(Request request) throws IOException {
        String contentId = request.content();
        int count = request.count(Ask.MOST_ITEMS);
        List<Region> regions = new ArrayList<>();
        List<byte[]> signatures = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int first = request.in.readInt();
            int chunks = request.in.readInt();
            long seed = request.in.readLong();
            regions.add(new Region(first, chunks, seed));
            signatures.add(request.in.readNBytes(request.count(Ask.MOST_BYTES / 64)));
        }
        give(request, contentId, (list, file) -> {
            for (int number = 0; number < count; number++) {
                Region region = regions.get(number);
                byte[] now = Excerpt.chunks(list, file, region.first, region.chunks);
                byte[] ops = BlockDelta.encode(now, now.length, signatures.get(number), region.seed);
                request.out.writeInt(ops.length);
                request.out.write(ops);
            }
        });
    }

    private record Region(int first, int chunks, long seed) {}

    @Override
    public void close() throws IOException {
        server.close();
    }
}
