package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Parts of large files that an S3 server keeps of uploads that were cut off, and counts to the quota. rclone takes them away by itself when an upload fails or is
 * stopped, but not when it was stopped before it had heard by which name the server has begun one, nor when it was killed. Only those are ours that were
 * begun since the stage, at the name of one of its files.
 */
final class OpenParts {

    /** The command of rclone's backend for S3 that lists them; those of others do not know it. */
    static final String LIST = "list-multipart-uploads";

    /** The one that takes away all below a name. */
    static final String CLEAN = "cleanup";

    /** The option of it: of any age, also if the server's clock is ahead. */
    static final String MAX_AGE = "max-age";

    static final String ANY_AGE = "-24h";

    private static final long CLOCKS_DIFFER_MILLISECONDS = TimeUnit.HOURS.toMillis(1);

    private OpenParts() {}

    /**
     * Those of the files of which parts of ours are kept, and of no other upload that is taken away with them.
     *
     * @param listed what rclone has listed: by bucket, uploads with {@code Key} and {@code Initiated}
     * @param paths the files
     * @param since when their stage began, in Unix milliseconds
     */
    static List<String> ours(JsonObject listed, Collection<String> paths, long since) {
        Map<String, String> ours = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, Object> bucket : listed) {
            if (bucket.getValue() instanceof JsonArray uploads) {
                uploads.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .forEach(upload -> {
                            String key = upload.getString("Key", "");
                            Optional<String> path = isSince(upload, since) ? path(key, paths) : Optional.empty();
                            path.ifPresentOrElse(found -> ours.put(key, found), () -> others.add(key));
                        });
            }
        }
        return ours.entrySet().stream()
                .filter(each -> others.stream().noneMatch(other -> other.startsWith(each.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean isSince(JsonObject upload, long since) {
        try {
            long begun = Instant.parse(upload.getString("Initiated", "")).toEpochMilli();
            return begun >= since - CLOCKS_DIFFER_MILLISECONDS;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The file whose name on the remote that is. */
    private static Optional<String> path(String key, Collection<String> paths) {
        return paths.stream()
                .filter(path -> key.equals(path) || key.endsWith("/" + path))
                .max(Comparator.comparingInt(String::length));
    }

    /** The same by remote control. */
    static JsonObject command(String name, String place) {
        return new JsonObject()
                .put("command", name)
                .put("fs", place)
                .put("opt", new JsonObject().put(MAX_AGE, ANY_AGE));
    }

    /** Where rclone takes away what is kept of a file; the end has it not look for a file of that name. */
    static String place(String target, String path) {
        String folder = target.endsWith(":") || target.endsWith("/") ? target : target + "/";
        return folder + path + "/";
    }
}
