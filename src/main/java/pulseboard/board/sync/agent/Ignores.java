package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import pulseboard.board.sync.rules.Entry.Kind;
import pulseboard.board.sync.rules.Names;

/** What a folder leaves out, as its file of that says now. Read by whoever looks at the folder; asked by anyone. */
final class Ignores {

    private static final int MOST_BYTES = 1 << 18;

    private final Tree tree;
    private volatile Ignore now = Ignore.NOTHING;
    private Stat known = Stat.NOTHING;

    Ignores(Tree tree) {
        this.tree = tree;
    }

    Ignore now() {
        return now;
    }

    /** Reads the file if it is another one. Returns whether it was. */
    boolean refresh() throws IOException {
        Stat stat = tree.stat(Ignore.FILE);
        if (stat.equals(known)) {
            return false;
        }
        Ignore read = Ignore.NOTHING;
        if (stat.kind() == Kind.FILE) {
            try (FileChannel file = tree.read(Ignore.FILE)) {
                read = Ignore.of(new String(Excerpt.read(file, 0, MOST_BYTES), StandardCharsets.UTF_8));
            }
        }
        now = read;
        known = stat;
        return true;
    }

    /** Whether there is nothing in a directory but what is left out. */
    boolean isAllIgnored(SecureDirectoryStream<Path> directory, String path) throws IOException {
        for (Path name : directory) {
            String whole = path + "/" + name.getFileName();
            Stat stat = Names.isGood(whole) ? tree.stat(directory, whole) : Stat.NOTHING;
            boolean isDirectory = stat.kind() == Kind.DIRECTORY;
            if (now.isIgnored(whole, isDirectory)) {
                continue;
            }
            if (!isDirectory) {
                return false;
            }
            try (SecureDirectoryStream<Path> below =
                    directory.newDirectoryStream(name.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
                if (!isAllIgnored(below, whole)) {
                    return false;
                }
            } catch (NoSuchFileException | NotDirectoryException e) {
                return false; // It is being changed.
            }
        }
        return true;
    }

    /** Deletes in a directory what may go with it, and what is empty then. */
    void removeWhatMayGo(SecureDirectoryStream<Path> directory, String path) throws IOException {
        for (Path name : directory) {
            String whole = path + "/" + name.getFileName();
            Stat stat = tree.stat(directory, whole);
            if (stat.kind() == Kind.DIRECTORY) {
                try (SecureDirectoryStream<Path> below =
                        directory.newDirectoryStream(name.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
                    removeWhatMayGo(below, whole);
                }
                if (now.mayGo(whole, true)) {
                    removeEmpty(directory, name.getFileName());
                }
            } else if (now.mayGo(whole, false)) {
                directory.deleteFile(name.getFileName());
            }
        }
    }

    private static void removeEmpty(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        try {
            directory.deleteDirectory(name);
        } catch (java.nio.file.DirectoryNotEmptyException e) {
            // Something in it stays, and so does it.
        }
    }
}
