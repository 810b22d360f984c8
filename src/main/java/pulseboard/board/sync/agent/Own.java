package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What an agent keeps inside a folder for itself, when it begins. */
final class Own {

    /** What is made apart, and renamed into its place when it is whole. */
    private static final Pattern MADE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A content, or what has come of it. */
    private static final Pattern CONTENT = Pattern.compile("[0-9a-f]{64}(\\.part)?");

    private static final long PART_MILLISECONDS = TimeUnit.DAYS.toMillis(7);

    private Own() {}

    /** Makes its directories. What an earlier run has left half done is gone; only a content that came in part goes on, for a week. */
    static void prepare(Tree tree) throws IOException {
        for (String name : new String[] {"parts", "old", "versions"}) {
            Files.createDirectories(tree.own(name));
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tree.own(""))) {
            for (Path each : all) {
                if (MADE.matcher(each.getFileName().toString()).matches()) {
                    Files.delete(each); // A file, or a directory that is empty.
                }
            }
        }
        long old = System.currentTimeMillis() - PART_MILLISECONDS;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tree.own("parts"))) {
            for (Path each : all) {
                boolean isContent =
                        CONTENT.matcher(each.getFileName().toString()).matches();
                boolean isOld = each.toString().endsWith(".part")
                        && Files.getLastModifiedTime(each, LinkOption.NOFOLLOW_LINKS)
                                        .toMillis()
                                < old;
                if (!isContent || isOld) {
                    Files.delete(each);
                }
            }
        }
    }
}
