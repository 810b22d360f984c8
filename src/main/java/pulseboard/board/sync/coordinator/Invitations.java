package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.wire.Invitation;
import pulseboard.feed.ActionRefusal;

/** The invitations that were given, for administrators: whether one is still good, who has used it, and taking it back. */
public final class Invitations {

    private static final Pattern FILE = Pattern.compile("[0-9a-f]{64}(\\.used)?");
    private static final long KEPT_MILLISECONDS = TimeUnit.DAYS.toMillis(1);

    private final Path folder;

    /** Those that were noted in this folder. */
    public Invitations(Path folder) {
        this.folder = folder;
    }

    /** All that are not long over, by their ids. */
    public JsonObject list(JsonObject asked) {
        JsonObject all = new JsonObject();
        find(each -> true).forEach(file -> put(all, file));
        return new JsonObject().put("invitations", all);
    }

    private static void put(JsonObject all, Path file) {
        JsonObject one = read(file);
        if (one != null) {
            all.put(one.getString("id"), one);
        }
    }

    /** One of them. */
    public JsonObject one(JsonObject asked) {
        return find(asked).stream()
                .map(Invitations::read)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(Invitations::unknown);
    }

    /** Takes one back: nobody can join by it any more. */
    public JsonObject withdraw(JsonObject asked) {
        JsonObject one = one(asked);
        if (one.getString("state").equals("used")) {
            throw new ActionRefusal(409, "invitation_used", one.getString("usedBy", "a machine") + " has joined by it");
        }
        for (Path each : find(asked)) {
            delete(each);
        }
        return one.put("state", "withdrawn");
    }

    /** What has been over for a day is gone. */
    public void clean() {
        long old = System.currentTimeMillis() - KEPT_MILLISECONDS;
        for (Path each : find(all -> true)) {
            JsonObject one = read(each);
            if (one != null && one.getLong("expiresAt") < old) {
                delete(each);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> find(JsonObject asked) {
        String id = asked.getString("invitation", "");
        return find(name -> id.length() == Invitation.ID && name.startsWith(id));
    }

    private List<Path> find(Predicate<String> isWanted) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> {
                        String name = each.getFileName().toString();
                        return FILE.matcher(name).matches() && isWanted.test(name);
                    })
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null for one that is just being used, and for what is none. */
    private static @Nullable JsonObject read(Path file) {
        try {
            String[] lines = Files.readString(file).split("\n", 2);
            String[] given = lines[0].split(" ", 2);
            long expiresAt = Long.parseLong(given[0]);
            String name = file.getFileName().toString();
            JsonObject one = new JsonObject()
                    .put("id", name.substring(0, Invitation.ID))
                    .put("folder", given.length == 2 ? given[1] : "")
                    .put("expiresAt", expiresAt);
            if (!name.endsWith(Invitation.USED)) {
                return one.put("state", expiresAt < System.currentTimeMillis() ? "expired" : "open");
            }
            one.put("state", "used");
            String[] used = lines.length == 2 ? lines[1].split(" ", 2) : new String[0];
            return used.length == 2 ? one.put("usedAt", Long.parseLong(used[0])).put("usedBy", used[1]) : one;
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private static ActionRefusal unknown() {
        return new ActionRefusal(404, "unknown_invitation", "no such invitation was given, or it is long over");
    }
}
