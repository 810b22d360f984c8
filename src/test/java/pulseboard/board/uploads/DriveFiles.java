package pulseboard.board.uploads;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Files and folders as Drive has them: by ids, several of one name beside each other. Thread-safe. */
final class DriveFiles {

    private static final String FOLDER = "application/vnd.google-apps.folder";

    private final Map<String, JsonObject> files = new LinkedHashMap<>();

    DriveFiles() {
        files.put("root", new JsonObject().put("id", "root").put("name", "").put("mimeType", FOLDER));
    }

    /** Adds one, as whoever made it says it is called; returns it as Drive does. */
    synchronized JsonObject add(JsonObject made, byte[] content) {
        JsonObject file = new JsonObject()
                .put("id", "id" + files.size() + "x" + System.nanoTime())
                .put("name", made.getString("name"))
                .put("mimeType", made.getString("mimeType", "application/octet-stream"))
                .put("parents", made.getJsonArray("parents", new JsonArray().add("root")))
                .put("createdTime", "2026-01-01T00:00:00.000Z")
                .put("modifiedTime", made.getString("modifiedTime", "2026-01-01T00:00:00.000Z"))
                .put("trashed", false);
        if (!file.getString("mimeType").equals(FOLDER)) {
            file.put("size", Integer.toString(content.length)).put("md5Checksum", md5(content));
        }
        files.put(file.getString("id"), file);
        return file;
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one with this id; empty: there is none. */
    synchronized JsonObject get(String id) {
        return files.getOrDefault(id, new JsonObject());
    }

    /** Takes it away, and returns what it was. */
    synchronized JsonObject remove(String id) {
        JsonObject gone = files.remove(id);
        return gone == null ? new JsonObject() : gone;
    }

    /** Those in a folder, or of them those of a name. */
    synchronized JsonArray found(String parent, String name) {
        JsonArray found = new JsonArray();
        files.values().stream()
                .filter(file -> file.getJsonArray("parents", new JsonArray()).contains(parent))
                .filter(file -> name.isEmpty() || file.getString("name").equals(name))
                .forEach(found::add);
        return found;
    }

    /** Sizes by path; a file that is there twice has {@code #2} behind its name. */
    synchronized Map<String, Long> tree() {
        Map<String, Long> tree = new TreeMap<>();
        files.values().stream().filter(file -> file.containsKey("size")).forEach(file -> {
            String path = path(file);
            tree.put(tree.containsKey(path) ? path + "#2" : path, Long.valueOf(file.getString("size")));
        });
        return tree;
    }

    private String path(JsonObject file) {
        JsonObject parent = get(file.getJsonArray("parents").getString(0));
        String name = file.getString("name");
        return parent.getString("id", "root").equals("root") ? name : path(parent) + "/" + name;
    }
}
