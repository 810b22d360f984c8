package pulseboard.board.sync.agent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder of an agent, and those who work for it. */
record Running(FolderSync sync, Looker looker, Watch watch, Peers peers, Totals totals, Arrivals coming)
        implements Source.Shelf {

    @Override
    public boolean isMember(String device) {
        return peers.isMember(device);
    }

    @Override
    public Index index() {
        return sync.index;
    }

    @Override
    public Source.@Nullable Held open(String contentId) throws IOException {
        String path = sync.index.holder(contentId);
        if (path != null) {
            try {
                FileChannel file = sync.tree.read(path);
                return new Source.Held(path, file, sync.index.row(path).entry().size());
            } catch (NoSuchFileException e) {
                changed(path);
            }
        }
        String before = sync.index.pathOfVersion(contentId);
        Path kept = before == null ? null : sync.versions.find(before, contentId);
        if (kept == null || !Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        FileChannel file = FileChannel.open(kept, StandardOpenOption.READ);
        return new Source.Held("", file, file.size());
    }

    @Override
    public void changed(String path) {
        looker.look(Tree.parent(path));
    }

    @Override
    public void sent(String device, long bytes, long receivedBytes) {}

    @Override
    public @Nullable Arrivals arrivals(String device) {
        return peers.isCoordinator(device) ? coming : null;
    }

    /** The coordinator says something of this folder. */
    void take(JsonObject frame) throws IOException {
        switch (frame.getString("kind", "")) {
            case "welcome" -> {
                if (frame.getBoolean("anew", false)) {
                    sync.beginAnew();
                    looker.lookAtAll();
                }
                sync.connected();
            }
            case "peers" -> peers(frame.getJsonArray("peers"));
            case "answers" -> sync.answers(frame);
            case "heads" -> sync.heads(frame);
            case "do" -> act(frame.getString("what", ""), frame);
            default -> throw new IOException("an unknown kind of frame");
        }
    }

    private void act(String what, JsonObject frame) throws IOException {
        long ask = frame.getLong("ask", 0L);
        String path = frame.getString("path", "");
        switch (what) {
            case "versions" -> sync.tell(ask, sync.restoring.list(path));
            case "restore" ->
                sync.tell(
                        ask,
                        new JsonObject()
                                .put("refused", sync.restoring.restore(path, frame.getString("contentId", ""))));
            case "rescan" -> looker.lookAtAll();
            case "pause" -> sync.pause(true);
            case "resume" -> sync.pause(false);
            case "release" -> sync.losses.release();
            case "reject" -> sync.losses.reject();
            case "revert" -> sync.losses.revert();
            default -> throw new IOException("an unknown thing to do: " + what);
        }
    }

    private void peers(JsonArray all) {
        Map<String, Peers.Peer> known = new HashMap<>();
        for (Object each : all) {
            JsonObject one = (JsonObject) each;
            known.put(
                    one.getString("id"),
                    new Peers.Peer(
                            one.getString("id"),
                            one.getString("name"),
                            new InetSocketAddress(one.getString("host"), one.getInteger("port")),
                            one.getBoolean("online")));
        }
        peers.set(known);
        sync.fetcher.tryAgain();
    }

    /** What the board shows of it. */
    JsonObject status() {
        Scanner.Counts counts = looker.counts();
        JsonObject status = totals.toJson()
                .put("wanted", sync.replica.wanted().size())
                .put("isTold", (sync.replica.isTold() || sync.isDrift()) && looker.isIdle())
                .put("driftFiles", sync.isDrift() ? sync.replica.untold().size() : 0)
                .put("clashingNames", sync.clashes())
                .put("ignoredFiles", counts.ignored())
                .put("keptDirectories", sync.index.keptDirectories())
                .put("paused", sync.isPaused())
                .put("watchedDirectories", watch.watched())
                .put("directories", Math.max(looker.directories(), watch.watched()))
                .put("busyFiles", counts.busy())
                .put("skippedFiles", counts.skipped());
        if (sync.versions.takenBytes() >= 0 && sync.versions.mostBytes() < Long.MAX_VALUE) {
            status.put("oldVersionsBytes", sync.versions.takenBytes())
                    .put("oldVersionsMostBytes", sync.versions.mostBytes());
        }
        if (sync.fetcher.isFull()) {
            status.put("isFull", true);
        }
        String reason = sync.guard.reason();
        if (reason != null) {
            status.put("held", reason).put("goneFiles", sync.guard.goneFiles());
        }
        return status;
    }
}
