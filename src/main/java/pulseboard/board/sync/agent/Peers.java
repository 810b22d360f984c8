package pulseboard.board.sync.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.wire.Identity;
import pulseboard.board.sync.wire.Wire;
import pulseboard.engine.RateLimit;

/** The other machines of a folder, and open connections to them. Thread-safe. */
final class Peers implements AutoCloseable {

    private static final int SILENCE_MILLISECONDS = 30_000;

    private final String folder;
    private final Identity identity;
    private final RateLimit receive;
    private final String coordinator;
    private volatile Map<String, Peer> peers = Map.of();
    private final Map<String, Deque<Wire>> idle = new ConcurrentHashMap<>();
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /** One of them: where it listens, and whether the coordinator hears of it. */
    record Peer(String id, String name, InetSocketAddress address, boolean isOnline) {}

    Peers(String folder, Identity identity, RateLimit receive, String coordinator) {
        this.coordinator = coordinator;
        this.receive = receive;
        this.folder = folder;
        this.identity = identity;
    }

    void set(Map<String, Peer> now) {
        peers = Map.copyOf(now);
    }

    /** Whether contents are given to it: to a machine of the folder, and to the coordinator for people who ask for a file. */
    boolean isMember(String device) {
        return peers.containsKey(device) || isCoordinator(device);
    }

    boolean isCoordinator(String device) {
        return device.equals(coordinator);
    }

    @Nullable
    Peer get(String device) {
        return peers.get(device);
    }

    /** Whom to ask: the one that is said to have it, then all others that are there. */
    List<Peer> sources(String first) {
        List<Peer> all = new ArrayList<>();
        Peer best = peers.get(first);
        if (best != null && best.isOnline && !first.equals(identity.id())) {
            all.add(best);
        }
        for (Peer each : peers.values()) {
            if (each.isOnline && !each.equals(best) && !each.id.equals(identity.id())) {
                all.add(each);
            }
        }
        return all;
    }

    /** A connection, to be given back or closed. */
    Wire connect(Peer peer) throws IOException {
        Deque<Wire> waiting = idle.computeIfAbsent(peer.id, first -> new ArrayDeque<>());
        synchronized (waiting) {
            Wire wire = waiting.poll();
            if (wire != null) {
                return wire;
            }
        }
        try {
            Wire wire = Wire.connect(identity.context(peer.id::equals), peer.address, SILENCE_MILLISECONDS);
            wire.limit(receive, new RateLimit());
            open.add(wire);
            if (isClosed) {
                wire.close();
            }
            wire.out().writeUTF(folder);
            return wire;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    void giveBack(Peer peer, Wire wire) {
        Deque<Wire> waiting = idle.computeIfAbsent(peer.id, first -> new ArrayDeque<>());
        synchronized (waiting) {
            waiting.add(wire);
        }
    }

    /** It broke: it is of no use to anybody. */
    void drop(Wire wire) {
        open.remove(wire);
        wire.close();
    }

    /** Whoever fetches by one of them fails at once. */
    @Override
    public void close() {
        isClosed = true;
        open.forEach(Wire::close);
    }
}
