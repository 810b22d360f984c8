package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import pulseboard.board.sync.content.Content;

/**
 * The old contents of files that others replaced or deleted, for whoever wants them back: below {@code .pulseboard-sync/versions}, a directory
 * for each path, with a file for each content. Used by the loop.
 */
final class Versions {

    private static final int KEPT = 5;
    private static final String AT = ".at";
    private static final long MILLISECONDS = TimeUnit.DAYS.toMillis(30);

    private final Path folder;
    private final Index index;

    /** An old content of a path, and when others replaced it. */
    record Kept(String contentId, long sizeBytes, long keptAt) {}

    Versions(Tree tree, Index index) {
        folder = tree.own("versions");
        this.index = index;
    }

    private Path directory(String path) {
        byte[] hash = Content.sha256().digest(path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return folder.resolve(java.util.HexFormat.of().formatHex(hash, 0, 8));
    }

    /** Takes it over; five for each path are kept, and none for more than 30 days. */
    void keep(Path file, String path, String contentId) throws IOException {
        Path directory = directory(path);
        Files.createDirectories(directory);
        Path kept = directory.resolve(contentId);
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
        index.noteVersion(contentId, path);
        Files.writeString(directory.resolve("path"), path);
        Files.writeString(directory.resolve(contentId + AT), Long.toString(System.currentTimeMillis()));
        List<Path> all = newestFirst(directory);
        for (int number = 0; number < all.size(); number++) {
            if (number >= KEPT || at(all.get(number)) < System.currentTimeMillis() - MILLISECONDS) {
                String old = contentId(all.get(number));
                Files.deleteIfExists(directory.resolve(old));
                index.forgetVersion(old);
                Files.deleteIfExists(all.get(number));
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
                all.add(new Kept(contentId(each), Files.size(kept), at(each)));
            }
        }
        return all;
    }

    private static long at(Path file) {
        try {
            return Long.parseLong(Files.readString(file));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** A content that was at that path, if it is still kept; else a file that is not there. */
    Path find(String path, String contentId) {
        return directory(path).resolve(contentId);
    }
}
