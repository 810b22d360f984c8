package pulseboard.board.sync.coordinator;

import org.jspecify.annotations.Nullable;
import pulseboard.feed.ActionRefusal;

/** Finds what people name. */
final class Lookup {

    private Lookup() {}

    /**
     * A folder by its name.
     *
     * @throws ActionRefusal when there is none
     */
    static Folder folder(Coordinator coordinator, @Nullable String id) {
        Folder folder = coordinator.folders.get(id == null ? "" : id);
        if (folder == null) {
            throw new ActionRefusal(404, "unknown_folder", "there is no such folder; the board lists those there are");
        }
        return folder;
    }

    /**
     * A machine by its id or name.
     *
     * @throws ActionRefusal when there is none
     */
    static Node node(Coordinator coordinator, @Nullable String idOrName) {
        return coordinator.nodes.values().stream()
                .filter(each -> each.id.equals(idOrName) || each.name.equals(idOrName))
                .findFirst()
                .orElseThrow(() -> new ActionRefusal(404, "unknown_node", "there is no such machine"));
    }
}
