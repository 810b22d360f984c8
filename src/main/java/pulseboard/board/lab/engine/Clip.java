package pulseboard.board.lab.engine;

import io.vertx.core.json.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The clip that comes with the program: 20 s in three qualities, a counter that runs.
 *
 * @param manifest what there is to know of it
 * @param files by the names of their chunks
 */
record Clip(JsonObject manifest, Map<String, byte[]> files) {

    /** The name of the video. */
    static final String ID = "clip";

    private static final String MANIFEST = "video.json";

    static Clip load() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream there = Clip.class.getResourceAsStream("/pulseboard/lab/clip.zip")) {
            if (there == null) {
                throw new FileNotFoundException("the clip is not in this jar");
            }
            ZipInputStream zip = new ZipInputStream(there);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        byte[] manifest = files.remove(MANIFEST);
        if (manifest == null) {
            throw new FileNotFoundException("the clip has no " + MANIFEST);
        }
        return new Clip(new JsonObject(new String(manifest, StandardCharsets.UTF_8)), files);
    }
}
