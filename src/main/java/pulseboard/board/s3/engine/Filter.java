package pulseboard.board.s3.engine;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/** Which paths of a folder are taken: those of the first globs, or all, without those of the second. */
final class Filter {

    private final List<PathMatcher> include;
    private final List<PathMatcher> exclude;

    Filter(List<String> include, List<String> exclude) {
        this.include = matchers(include);
        this.exclude = matchers(exclude);
    }

    private static List<PathMatcher> matchers(List<String> globs) {
        return globs.stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    /** Whether a file or folder is left out, and all below it. */
    boolean leavesOut(String path) {
        return !exclude.isEmpty() && matches(exclude, Path.of(path));
    }

    /** Whether a file that is not left out is taken. */
    boolean takes(String path) {
        return include.isEmpty() || matches(include, Path.of(path));
    }

    private static boolean matches(List<PathMatcher> globs, Path path) {
        for (PathMatcher each : globs) {
            if (each.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file of this path, if there were one, would be in the bucket: it and what it is in are not left out. */
    boolean wouldSend(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        try {
            Path whole = Path.of(path);
            for (int parts = 1; parts <= whole.getNameCount(); parts++) {
                if (!exclude.isEmpty() && matches(exclude, whole.subpath(0, parts))) {
                    return false;
                }
            }
            return takes(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
