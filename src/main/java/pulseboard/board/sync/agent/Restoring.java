package pulseboard.board.sync.agent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Names;

/** The old versions of files of a folder, for people who want them back. Used by the loop. */
final class Restoring {

    private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);
    private static final Pattern CONTENT = Pattern.compile("[0-9a-f]{64}");

    private final FolderSync sync;

    Restoring(FolderSync sync) {
        this.sync = sync;
    }

    /** What is kept here of a path. */
    JsonObject list(String path) throws IOException {
        JsonArray all = new JsonArray();
        List<Versions.Kept> kept = Names.isGood(path) ? sync.versions.list(path) : List.of();
        kept.forEach(each -> all.add(new JsonObject()
                .put("contentId", each.contentId())
                .put("sizeBytes", each.sizeBytes())
                .put("keptAt", each.keptAt())));
        return new JsonObject().put("versions", all);
    }

    /**
     * Puts an old content at a path again, as an edit of this machine. What is there becomes an old version itself.
     *
     * @return an error word, or an empty text when it is done
     */
    String restore(String path, String contentId) {
        Path kept = sync.versions.find(path, contentId);
        if (!Names.isGood(path) || !CONTENT.matcher(contentId).matches() || !Files.isRegularFile(kept)) {
            return "unknown_version";
        }
        if (sync.guard.isHeld() || sync.isDrift()) {
            return "held";
        }
        Path made = sync.tree.own(UUID.randomUUID().toString());
        try {
            Files.copy(kept, made, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel file = FileChannel.open(made, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Content content = Content.read(file, file.size(), (all, from, length) -> {});
                if (!content.id().equals(contentId)) {
                    return "unknown_version"; // Somebody has changed it.
                }
                file.force(true);
            }
            sync.placer.replace(path, made);
            return "";
        } catch (Placer.Changed e) {
            return "busy_file";
        } catch (IOException e) {
            LOG.warn("The old version of {} cannot be put there: {}", path, e.toString());
            return Room.isFull(e) ? "disk_full" : "busy_file";
        } finally {
            delete(made);
            sync.lookAt(Tree.parent(path));
        }
    }

    private static void delete(Path made) {
        try {
            Files.deleteIfExists(made);
        } catch (IOException e) {
            LOG.debug("{} stays", made, e);
        }
    }
}
