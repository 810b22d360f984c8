package pulseboard.board.sync.coordinator;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Table;

/** Short names of the paths of a folder, for addresses: they stay the same whatever becomes of the file. */
final class Ids {

    private static final int BYTES = 8;

    private final Table<String, String> paths;

    Ids(Table<String, String> paths) {
        this.paths = paths;
    }

    /** 16 hexadecimal digits of the SHA-256 of the folder's name, a colon and the path. */
    static String of(String folder, String path) {
        byte[] text = (folder + ':' + path).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Content.sha256().digest(text), 0, BYTES);
    }

    /** Whether none is known, as in a folder that an earlier release has kept. */
    boolean isEmpty() {
        return paths.size() == 0;
    }

    void note(String folder, String path) {
        String id = of(folder, path);
        if (paths.get(id) == null) {
            paths.put(id, path);
        }
    }

    void forget(String folder, String path) {
        paths.remove(of(folder, path));
    }

    @Nullable
    String path(@Nullable String id) {
        return id == null ? null : paths.get(id);
    }
}
