package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Heads;
import pulseboard.board.sync.rules.Table;
import pulseboard.board.sync.store.Store;

/** Decides for all folders, by what the machines say. Used on one context. */
public final class Coordinator {

    /** A machine that is not heard of for so long is offline. */
    public static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(15);

    final Map<String, Folder> folders = new TreeMap<>();
    final Map<String, Node> nodes = new TreeMap<>();
    final Events events;
    final Tallies tallies = new Tallies();
    final Questions questions = new Questions();

    private final Path state;
    private final Store store;
    private final Table<String, String> devices;
    private final Table<String, String> facts;
    private final long actor;
    private final Door door;

    /**
     * Opens what is kept in a folder.
     *
     * @throws IOException when it cannot be read, or another process has it
     */
    public Coordinator(Path state) throws IOException {
        this.state = state;
        door = new Door(invitations());
        store = Store.open(state.resolve("sync.mv"));
        events = new Events(store);
        devices = store.texts("devices");
        facts = store.texts("facts");
        String known = facts.get("actor");
        actor = known == null ? new SecureRandom().nextLong() : Long.parseUnsignedLong(known, 16);
        facts.put("actor", Long.toHexString(actor));
        store.commit();
        devices.from(null).forEachRemaining(each -> {
            Node node = new Node(each.getKey(), new JsonObject(each.getValue()));
            nodes.put(node.id, node);
        });
        for (Node node : nodes.values()) {
            for (String folder : node.folders) {
                openFolder(folder);
            }
        }
    }

    private Folder openFolder(String id) throws IOException {
        Folder there = folders.get(id);
        if (there != null) {
            return there;
        }
        Store file = Store.open(state.resolve("folder-" + id + ".mv"));
        Folder made = new Folder(id, file, new Heads(file.heads(), actor, this::nameOf), events);
        folders.put(id, made);
        return made;
    }

    String nameOf(String device) {
        Node node = nodes.get(device);
        return node == null ? device.substring(0, Math.min(8, device.length())) : node.name;
    }

    /** Whether this machine has joined. */
    public boolean isKnown(String device) {
        return nodes.containsKey(device);
    }

    private Set<String> members(String folder) {
        Set<String> all = new TreeSet<>();
        nodes.values().stream().filter(node -> node.folders.contains(folder)).forEach(node -> all.add(node.id));
        return all;
    }

    Set<String> online(String folder) {
        Set<String> all = members(folder);
        all.removeIf(each -> !Objects.requireNonNull(nodes.get(each)).isOnline());
        return all;
    }

    /** Lets a machine in that nobody knows, if it has an invitation. Returns why not; an empty text if it is in. */
    public String join(Session session, JsonObject frame, long nowNanos) throws IOException {
        boolean isTaken = nodes.values().stream()
                .anyMatch(each -> each.name.equals(frame.getString("name")) && !each.id.equals(session.device()));
        String refusal = isTaken
                ? "another machine has this name; choose another one with --name"
                : door.refusal(frame, nowNanos);
        if (refusal.isEmpty()) {
            let(
                    session.device(),
                    frame.getString("name"),
                    frame.getJsonArray("folders").getString(0));
        }
        return refusal;
    }

    private void let(String device, String name, String folder) throws IOException {
        Node before = nodes.get(device);
        JsonObject json = before == null
                ? new JsonObject().put("joinedAt", System.currentTimeMillis()).put("folders", new JsonArray())
                : before.toJson();
        json.put("name", name);
        JsonArray all = json.getJsonArray("folders");
        if (!all.contains(folder)) {
            all.add(folder);
        }
        Node node = new Node(device, json);
        openFolder(folder);
        nodes.put(device, node);
        keep(node);
        events.add("node_joined", device, new JsonObject().put("name", name).put("folder", folder));
        tellPeers();
    }

    private void keep(Node node) {
        devices.put(node.id, node.toJson().encode());
        store.commit();
    }

    /** Forgets a machine. Its files stay where they are. */
    public boolean forget(String device) {
        Node node = nodes.remove(device);
        if (node == null) {
            return false;
        }
        devices.remove(device);
        store.commit();
        if (node.session != null) {
            node.session.close();
        }
        events.add("node_left", device, new JsonObject().put("name", node.name));
        tellPeers();
        return true;
    }

    /**
     * A machine that has joined says something.
     *
     * @throws RuntimeException when it is nothing that is understood: then it is cut off
     */
    public void frame(Session session, JsonObject frame) {
        Node node = Objects.requireNonNull(nodes.get(session.device()), "not joined");
        String kind = frame.getString("kind", "");
        if (kind.equals("hello")) {
            hello(node, session, frame);
            return;
        }
        if (node.session != session) {
            throw new IllegalStateException("it has not said hello, or has said so again elsewhere");
        }
        switch (kind) {
            case "pong" -> node.pong(frame.getLong("at"));
            case "told" -> questions.told(node.id, frame);
            case "status" -> node.status(frame.getJsonObject("folders"), nodes::containsKey, tallies, events);
            default -> inFolder(node, session, kind, frame);
        }
    }

    private void inFolder(Node node, Session session, String kind, JsonObject frame) {
        String id = frame.getString("folder", "");
        Folder folder = node.folders.contains(id) ? folders.get(id) : null;
        if (folder == null) {
            throw new IllegalArgumentException("it does not belong to the folder " + id);
        }
        long seq = folder.heads.seq();
        switch (kind) {
            case "announce" -> session.send(folder.announce(node.id, frame.getJsonArray("changes"), System.nanoTime()));
            case "heads" -> folder.ask(session, frame.getLong("after"));
            case "applied" -> folder.applied(node.id, frame.getLong("seq"), members(id), online(id));
            case "missing" -> folder.missing(node.id, Head.of(frame.getJsonObject("head")), members(id));
            default -> throw new IllegalArgumentException("an unknown kind of frame: " + kind);
        }
        if (folder.heads.seq() > seq) {
            folder.tell(this::session);
        }
    }

    @Nullable
    Session session(String device) {
        Node node = nodes.get(device);
        return node == null ? null : node.session;
    }

    private void hello(Node node, Session session, JsonObject frame) {
        String host = Status.host(frame);
        int port = Status.port(frame);
        Map<String, JsonObject> lives = Status.lives(frame.getJsonObject("folders"), node.folders);
        if (node.session != null && node.session != session) {
            node.session.close(); // The machine that speaks now is the one that is there.
        }
        boolean wasOnline = node.isOnline();
        node.session = session;
        node.heardNanos = System.nanoTime();
        node.host = host;
        node.port = port;
        if (!wasOnline) {
            node.sinceAt = System.currentTimeMillis();
            events.add("node_status_change", node.id, new JsonObject().put("status", "online"));
        }
        lives.forEach((folder, life) -> {
            boolean isOlder = node.isOlder(folder, life);
            node.generations.put(folder, life);
            session.send(new JsonObject()
                    .put("kind", "welcome")
                    .put("folder", folder)
                    .put("anew", isOlder));
        });
        keep(node);
        tellPeers();
    }

    /** A connection is gone. */
    public void lost(Session session) {
        Node node = nodes.get(session.device());
        if (node == null || node.session != session) {
            return;
        }
        node.session = null;
        node.sinceAt = System.currentTimeMillis();
        folders.values().forEach(each -> each.lost(node.id));
        questions.lost(node.id);
        events.add("node_status_change", node.id, new JsonObject().put("status", "offline"));
        tellPeers();
    }

    /** To be called every five seconds: asks who is there. */
    public void ping(long nowNanos) {
        nodes.keySet()
                .forEach(each -> tell(each, new JsonObject().put("kind", "ping").put("at", nowNanos)));
    }

    /** To be called more often: gives up whoever has not been heard of for too long. Returns whether there was one. */
    public boolean expire(long nowNanos) {
        boolean isAny = false;
        for (Node node : nodes.values()) {
            Session session = node.session;
            if (session != null && nowNanos - node.heardNanos > LEASE_NANOS) {
                lost(session);
                session.close();
                isAny = true;
            }
        }
        return isAny;
    }

    /** Who belongs to a folder, where it listens and whether it is there: to all of it. */
    private void tellPeers() {
        for (String folder : folders.keySet()) {
            JsonArray all = new JsonArray();
            members(folder)
                    .forEach(each ->
                            all.add(Objects.requireNonNull(nodes.get(each)).toPeer()));
            JsonObject frame =
                    new JsonObject().put("kind", "peers").put("folder", folder).put("peers", all);
            members(folder).forEach(each -> tell(each, frame));
        }
    }

    /** Tells a machine, if it is there. */
    boolean tell(String device, JsonObject frame) {
        Session there = session(device);
        if (there != null) {
            there.send(frame);
        }
        return there != null;
    }

    /** Where invitations are noted. */
    public final Path invitations() {
        return state.resolve("invitations");
    }

    /** Closes the files. */
    public void close() {
        folders.values().forEach(Folder::close);
        store.commit();
        store.close();
    }
}
