package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Replica;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Table;
import pulseboard.board.sync.store.Store;

/** What an agent keeps of a folder. Written by the loop; read by any thread. */
final class Index implements AutoCloseable {

    private final Store store;
    private final Replica.Tables tables;
    private final Table<String, String> stats;
    private final Table<String, byte[]> lists;
    private final Table<String, String> holders;
    private final Table<String, String> kept;
    private final Table<String, String> versions;

    Index(Path file) throws IOException {
        store = Store.open(file);
        tables = store.replica();
        stats = store.texts("stats");
        lists = store.bytes("lists");
        holders = store.texts("holders");
        kept = store.texts("kept");
        versions = store.texts("versions");
    }

    Replica.Tables tables() {
        return tables;
    }

    /** At which path a content was, of which an old version may still be kept; null if none is known. */
    @Nullable
    String pathOfVersion(String contentId) {
        return versions.get(contentId);
    }

    void noteVersion(String contentId, String path) {
        versions.put(contentId, path);
    }

    void forgetVersion(String contentId) {
        versions.remove(contentId);
    }

    /** A directory that the others have deleted, and that is here only for what is left out of it. */
    boolean isKept(String path) {
        return kept.get(path) != null;
    }

    void noteKept(String path, boolean isKept) {
        if (isKept) {
            kept.put(path, "");
        } else {
            kept.remove(path);
        }
    }

    int keptDirectories() {
        return (int) kept.size();
    }

    void commit() {
        store.commit();
    }

    @Override
    public void close() {
        store.close();
    }

    Row row(String path) {
        return Objects.requireNonNullElse(tables.rows().get(path), Row.NONE);
    }

    /** How a path looked when its content was read; nothing if it never was. */
    Stat stat(String path) {
        String known = stats.get(path);
        return known == null ? Stat.NOTHING : Stat.of(known);
    }

    void noteStat(String path, Stat stat) {
        if (stat.isThere()) {
            stats.put(path, stat.text());
        } else {
            stats.remove(path);
        }
    }

    /** A content is at a path here. A list of one chunk says no more than its content. */
    void noteContent(String path, String contentId, @Nullable Content content) {
        holders.put(contentId, path);
        if (content != null && content.chunks() > 1) {
            lists.put(contentId, content.toBytes());
        }
    }

    /** The list of a content that is or was here, if it has more than one chunk. */
    @Nullable
    Content list(String contentId) {
        byte[] known = lists.get(contentId);
        return known == null ? null : Content.of(known);
    }

    void noteList(String contentId, Content content) {
        lists.put(contentId, content.toBytes());
    }

    /** Where a content was seen last, if it is still there; null if not. */
    @Nullable
    String lastHolder(String contentId) {
        String path = holders.get(contentId);
        return path != null && holds(path, contentId) ? path : null;
    }

    /** Where a content is here, as far as is known; null if nowhere. */
    @Nullable
    String holder(String contentId) {
        String path = holders.get(contentId);
        if (path != null && holds(path, contentId)) {
            return path;
        }
        if (path == null) {
            return null;
        }
        Iterator<Map.Entry<String, Row>> all = tables.rows().from(null);
        while (all.hasNext()) {
            Map.Entry<String, Row> next = all.next();
            if (isHeld(next.getValue().entry(), contentId)) {
                return next.getKey();
            }
        }
        return null;
    }

    private boolean holds(String path, String contentId) {
        return isHeld(row(path).entry(), contentId);
    }

    private static boolean isHeld(Entry entry, String contentId) {
        return entry.hasContent() && entry.contentId().equals(contentId);
    }
}
