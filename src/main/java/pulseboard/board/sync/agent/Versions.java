package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Row;

/**
 * The old contents of files that others replaced or deleted, for whoever wants them back: below {@code .pulseboard-sync/versions}, a directory
 * for each path, with a file for each content. Used by the loop.
 */
final class Versions {

    private static final int KEPT = 5;
    private static final String AT = ".at";
    private static final String PATH = "path";
    private static final long MILLISECONDS = TimeUnit.DAYS.toMillis(30);
    private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int FEW = 20;

    private final Path folder;
    private final Index index;
    private final VersionPass pass = new VersionPass();
    private boolean isCleaned;
    private long cleanedNanos;
    private long mostBytes = Long.MAX_VALUE;
    private Predicate<String> isNeeded = contentId -> false;

    /** An old content of a path, and when others replaced it. */
    record Kept(String contentId, long sizeBytes, long keptAt) {}

    Versions(Tree tree, Index index) {
        folder = tree.own("versions");
        this.index = index;
    }

    /** They may take so much; what is needed stays even so. */
    void mayTake(long bytes, Predicate<String> needed) {
        mostBytes = bytes;
        isNeeded = needed;
    }

    /** What they may take; {@code Long.MAX_VALUE} where nobody can tell. */
    long mostBytes() {
        return mostBytes;
    }

    /** What they take; -1 until that has been counted. */
    long takenBytes() {
        return pass.taken();
    }

    private static String name(String path) {
        byte[] hash = Content.sha256().digest(path.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    private Path directory(String path) {
        return folder.resolve(name(path));
    }

    /** Makes the directory in which something of a path is to be kept. Returns its name, by which the path is found again. */
    String prepare(String path) throws IOException {
        Path directory = Files.createDirectories(directory(path));
        if (!path.equals(readPath(directory))) {
            Files.writeString(directory.resolve(PATH), path);
        }
        return name(path);
    }

    private static String readPath(Path directory) throws IOException {
        try {
            return Files.readString(directory.resolve(PATH));
        } catch (NoSuchFileException | CharacterCodingException e) {
            return "";
        }
    }

    /** Of which path a directory of that name is; null where nobody knows that any more. */
    @Nullable
    String path(String name) throws IOException {
        String noted = readPath(folder.resolve(name));
        if (name(noted).equals(name)) {
            return noted;
        }
        Iterator<Map.Entry<String, Row>> all = index.tables().rows().from(null);
        while (all.hasNext()) {
            String path = all.next().getKey();
            if (name(path).equals(name)) {
                return path;
            }
        }
        return null;
    }

    /** Takes it over; five for each path are kept, and none for more than 30 days. A kill at any point leaves what can be kept once more. */
    void keep(Path file, String path, String contentId) throws IOException {
        Path directory = folder.resolve(prepare(path));
        Path kept = directory.resolve(contentId);
        long more = Files.exists(kept) ? 0 : Files.size(file);
        Files.writeString(directory.resolve(contentId + AT), Long.toString(System.currentTimeMillis()));
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
        boolean unused = Files.deleteIfExists(file); // Where both are names of one file, a rename does nothing.
        index.noteVersion(contentId, path);
        pass.changed(directory, more);
        clean(directory);
    }

    /**
     * Goes through all that is kept once a day, a few directories each time: what has been kept long enough is gone also where nothing is
     * replaced any more. And where it takes too much, so that the oldest go.
     */
    void tick() throws IOException {
        long now = System.nanoTime();
        long sinceNanos = now - cleanedNanos;
        boolean isDue = !isCleaned || sinceNanos > (pass.taken() > mostBytes ? MINUTE_NANOS : DAY_NANOS);
        if (!pass.isRunning() && isDue && Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                pass.begin(all.toList());
            }
            isCleaned = true;
            cleanedNanos = now;
        }
        Path directory = pass.next();
        for (int count = 0; count < FEW && directory != null; count++) {
            pass.looked(directory, look(directory));
            directory = pass.next();
        }
        if (pass.isRunning() && directory == null && pass.shrink(pass.end(), mostBytes, this::remove)) {
            isCleaned = pass.taken() <= mostBytes; // Else there is more that can go.
        }
    }

    private List<Kept> look(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        long young = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1);
        if (Files.getLastModifiedTime(directory).toMillis() < young) { // Else something may just be on its way there.
            clean(directory);
            removeIfEmpty(directory);
        }
        List<Kept> all = new ArrayList<>();
        for (Path each : newestFirst(directory)) {
            String contentId = contentId(each);
            if (Files.exists(directory.resolve(contentId))) {
                all.add(new Kept(contentId, Files.size(directory.resolve(contentId)), at(each)));
            }
        }
        return all;
    }

    private void remove(VersionPass.Old version) throws IOException {
        long keptAt =
                at(version.directory().resolve(version.contentId() + AT)); // Another one if it was kept once more.
        if (keptAt == version.keptAt() && !isNeeded.test(version.contentId())) {
            remove(version.directory(), version.contentId());
        }
    }

    private void remove(Path directory, String contentId) throws IOException {
        Path kept = directory.resolve(contentId);
        long bytes = Files.exists(kept) ? Files.size(kept) : 0;
        Files.deleteIfExists(kept);
        index.forgetVersion(contentId);
        Files.deleteIfExists(directory.resolve(contentId + AT));
        pass.changed(directory, -bytes);
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        try (Stream<Path> there = Files.list(directory)) {
            if (there.anyMatch(each -> !each.endsWith(PATH))) {
                return;
            }
        }
        Files.deleteIfExists(directory.resolve(PATH));
        Files.deleteIfExists(directory);
    }

    private void clean(Path directory) throws IOException {
        List<Path> all = newestFirst(directory);
        for (int number = 0; number < all.size(); number++) {
            if (number >= KEPT || at(all.get(number)) < System.currentTimeMillis() - MILLISECONDS) {
                remove(directory, contentId(all.get(number)));
            }
        }
    }

    private static List<Path> newestFirst(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> there = Files.list(directory)) {
            return there.filter(each -> each.toString().endsWith(AT))
                    .sorted(Comparator.comparingLong(Versions::at).reversed())
                    .toList();
        }
    }

    private static String contentId(Path at) {
        String name = at.getFileName().toString();
        return name.substring(0, name.length() - AT.length());
    }

    /** What is kept of a path, the newest first. */
    List<Kept> list(String path) throws IOException {
        List<Kept> all = new ArrayList<>();
        for (Path each : newestFirst(directory(path))) {
            Path kept = find(path, contentId(each));
            if (Files.exists(kept)) {
                if (index.pathOfVersion(contentId(each)) == null) {
                    index.noteVersion(contentId(each), path); // A kill came before that was committed.
                }
                all.add(new Kept(contentId(each), Files.size(kept), at(each)));
            }
        }
        return all;
    }

    private static long at(Path file) {
        try {
            String text = Files.readString(file);
            return text.isEmpty() // After a loss of power.
                    ? Files.getLastModifiedTime(file).toMillis()
                    : Long.parseLong(text);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** A content that was at that path, if it is still kept; else a file that is not there. */
    Path find(String path, String contentId) {
        return directory(path).resolve(contentId);
    }
}
