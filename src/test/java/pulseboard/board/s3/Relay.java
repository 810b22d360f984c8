package pulseboard.board.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line to a server on which things go wrong: slow, cut off, or with a byte damaged. */
public final class Relay implements AutoCloseable {

    private static final int CHUNK = 16_384;
    private static final Pattern TAG = Pattern.compile("ETag(: |>)(\"|&quot;)?[0-9a-f]");

    private final ServerSocket server;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicLong upBytes = new AtomicLong();
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile String damage = "";
    private volatile String damagedAnswer = "";
    private volatile String forgotten = "";
    private volatile boolean isTagNone;
    private volatile long bytesPerSecond;
    private long nextNanos = System.nanoTime();
    private boolean isHeld;
    private volatile String held = "";
    private volatile String unanswered = "";
    private final Set<Socket> muted = new HashSet<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String refused = "";
    private volatile String refusal = "";
    private volatile long upAfter = Long.MAX_VALUE;
    private volatile Runnable onUp = () -> {};
    private volatile Runnable onCut = () -> {};

    /** To this port of this machine. */
    public Relay(int target) throws IOException {
        this(target, 0);
    }

    /** The same where no more than about so many bytes of each connection wait unseen on their way; 0: as many as the system likes. */
    public Relay(int target, int waitingBytes) throws IOException {
        this.target = target;
        server = new ServerSocket();
        if (waitingBytes > 0) {
            server.setReceiveBufferSize(waitingBytes);
        }
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        start(this::accept);
    }

    /** Where it listens. */
    public String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** So much has gone to the server. */
    public long upBytes() {
        return upBytes.get();
    }

    /** Breaks all connections once so much more has gone to the server, and does this. */
    public void cutAfter(long bytes, Runnable then) {
        onCut = then;
        cutAfter = upBytes.get() + bytes;
    }

    /** Does this once so much more has gone to the server. */
    public void whenUp(long bytes, Runnable then) {
        onUp = then;
        upAfter = upBytes.get() + bytes;
    }

    /** Whatever has this text in it reaches the server with another letter. */
    public void damage(String text) {
        damage = text;
    }

    /** Whatever has this text in it comes back with another letter. */
    public void damageAnswers(String text) {
        damagedAnswer = text;
    }

    /** Answers reach the client with entity tags that are no digests, as those of some servers are. */
    public void eachTagIsNone() {
        isTagNone = true;
    }

    /** Answers reach the client without a header of this name: it is called otherwise. */
    public void forget(String header) {
        forgotten = header;
    }

    /** From now on whoever asks for something with this text in its first line gets this status, such as {@code 403 Forbidden}; the server sees nothing of it. */
    public void refuse(String text, String status) {
        refusal = status;
        refused = text;
    }

    /** The first lines of all requests so far, refused ones too, such as {@code GET /bucket?list-type=2 HTTP/1.1}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Each request begins a chunk: no client of ours sends one before it has the answer to the last. */
    private boolean isRefused(byte[] chunk, int count, OutputStream back) throws IOException {
        String text = new String(chunk, 0, count, StandardCharsets.ISO_8859_1);
        String line = text.substring(0, Math.max(0, text.indexOf('\r')));
        if (!line.endsWith(" HTTP/1.1")) {
            return false;
        }
        requests.add(line);
        if (refused.isEmpty() || !line.contains(refused)) {
            return false;
        }
        back.write(("HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        back.flush();
        return true;
    }

    /** Lets through so much a second, over all connections. */
    public void limit(long rate) {
        bytesPerSecond = rate;
    }

    /** Lets nothing more through to the server, so that whoever sends waits, however long a test takes. */
    public synchronized void hold() {
        isHeld = true;
    }

    /** Lets no answer through to a connection that sends this text; all others go on. */
    public void holdAnswerTo(String text) {
        unanswered = text;
    }

    private synchronized void awaitAnswers(Socket near) throws IOException {
        try {
            while (muted.contains(near)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private synchronized void mute(Socket near, byte[] chunk, int count) {
        String text = unanswered;
        if (!text.isEmpty() && new String(chunk, 0, count, StandardCharsets.ISO_8859_1).contains(text)) {
            muted.add(near);
        }
    }

    /** Lets nothing more through of a connection that sends this text; all others go on. */
    public void holdAt(String text) {
        held = text;
    }

    private synchronized void awaitGoingOn(String text) throws IOException {
        try {
            while (held.equals(text)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Lets it through again. */
    public synchronized void goOn() {
        isHeld = false;
        held = "";
        unanswered = "";
        muted.clear();
        notifyAll();
    }

    private synchronized void awaitGoingOn() throws IOException {
        try {
            while (isHeld) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                start(() -> pass(near, far, true));
                start(() -> pass(far, near, false));
            }
        } catch (IOException e) {
            // It was closed, or the server is gone.
        }
    }

    private void pass(Socket from, Socket to, boolean isUp) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (isUp) {
                    if (isRefused(chunk, count, from.getOutputStream())) {
                        return;
                    }
                    mute(from, chunk, count);
                    up(chunk, count);
                } else {
                    awaitAnswers(to);
                    down(chunk, count);
                }
                out.write(chunk, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // The other end is closed with it.
        }
    }

    private void down(byte[] chunk, int count) {
        flip(chunk, count, damagedAnswer);
        if (isTagNone) {
            Matcher tag = TAG.matcher(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
            while (tag.find()) {
                chunk[tag.end() - 1] = 'z';
            }
        }
        if (forgotten.isEmpty()) {
            return;
        }
        String text = new String(chunk, 0, count, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        for (int at = text.indexOf(forgotten); at >= 0; at = text.indexOf(forgotten, at + 1)) {
            chunk[at] = 'y';
        }
    }

    private void up(byte[] chunk, int count) throws IOException {
        flip(chunk, count, damage);
        awaitGoingOn();
        String text = held;
        if (!text.isEmpty() && new String(chunk, 0, count, StandardCharsets.ISO_8859_1).contains(text)) {
            awaitGoingOn(text);
        }
        pace(count);
        long up = upBytes.addAndGet(count);
        if (up >= upAfter) {
            upAfter = Long.MAX_VALUE;
            onUp.run();
        }
        if (up >= cutAfter) {
            cutAfter = Long.MAX_VALUE;
            onCut.run();
            cut();
        }
    }

    private static void flip(byte[] chunk, int count, String text) {
        int at = text.isEmpty() ? -1 : new String(chunk, 0, count, StandardCharsets.ISO_8859_1).indexOf(text);
        if (at >= 0) {
            chunk[at] ^= 1;
        }
    }

    /** Each chunk has its turn, whichever connection it is of. */
    private void pace(int count) {
        if (bytesPerSecond > 0) {
            long due;
            synchronized (this) {
                long cost = count * 1_000_000_000L / bytesPerSecond;
                nextNanos = Math.max(nextNanos, System.nanoTime() - cost) + cost;
                due = nextNanos;
            }
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    /** Breaks all connections. */
    public void cut() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
