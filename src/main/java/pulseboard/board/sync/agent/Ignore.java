package pulseboard.board.sync.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which paths of a folder are nobody else's business: the lines of {@code .pulseboardignore}, in the syntax of {@code gitignore(5)}; the last line that
 * fits counts, and what is below an ignored directory is ignored. A line that begins with {@code (?d)} lets what it names be deleted
 * with a directory that others have deleted. Immutable.
 */
final class Ignore {

    static final String FILE = ".pulseboardignore";

    static final Ignore NOTHING = new Ignore(List.of());

    private static final String MAY_GO = "(?d)";

    private final List<Line> lines;

    private record Line(Pattern pattern, boolean isForDirectories, boolean isIgnored, boolean mayGo) {}

    private Ignore(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads the lines. One that is no pattern names nothing, as in git. */
    static Ignore of(String text) {
        List<Line> lines = new ArrayList<>();
        for (String each : text.split("\r?\n", -1)) {
            Line line = line(each);
            if (line != null) {
                lines.add(line);
            }
        }
        return new Ignore(List.copyOf(lines));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    private static @Nullable Line line(String text) {
        boolean mayGo = text.startsWith(MAY_GO);
        String rest = withoutSpaces(mayGo ? text.substring(MAY_GO.length()) : text);
        if (rest.isEmpty() || rest.startsWith("#")) {
            return null;
        }
        boolean isIgnored = !rest.startsWith("!");
        rest = isIgnored ? rest : rest.substring(1);
        boolean isForDirectories = rest.endsWith("/");
        rest = isForDirectories ? rest.substring(0, rest.length() - 1) : rest;
        boolean isFromRoot = rest.contains("/");
        rest = rest.startsWith("/") ? rest.substring(1) : rest;
        if (rest.isEmpty()) {
            return null;
        }
        try {
            Pattern pattern = Pattern.compile((isFromRoot ? "" : "(?:.*/)?") + expression(rest), Pattern.DOTALL);
            return new Line(pattern, isForDirectories, isIgnored, mayGo);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    /** Spaces at the end do not count, unless there is a backslash before them. */
    private static String withoutSpaces(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ' && (end < 2 || text.charAt(end - 2) != '\\')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static String expression(String glob) {
        StringBuilder made = new StringBuilder();
        int at = 0;
        while (at < glob.length()) {
            at = glob.startsWith("**", at) ? stars(glob, at, made) : one(glob, at, made);
        }
        return made.toString();
    }

    /** Two stars between slashes are any directories; anywhere else they are as one. Returns where it goes on. */
    private static int stars(String glob, int at, StringBuilder made) {
        int end = at;
        while (end < glob.length() && glob.charAt(end) == '*') {
            end++;
        }
        boolean isFirst = at == 0 || glob.charAt(at - 1) == '/';
        if (isFirst && end - at == 2 && end == glob.length()) {
            made.append(".+");
        } else if (isFirst && end - at == 2 && glob.charAt(end) == '/') {
            made.append("(?:.*/)?");
            end++;
        } else {
            made.append("[^/]*");
        }
        return end;
    }

    private static int one(String glob, int at, StringBuilder made) {
        char letter = glob.charAt(at);
        switch (letter) {
            case '*' -> made.append("[^/]*");
            case '?' -> made.append("[^/]");
            case '[' -> {
                return set(glob, at, made);
            }
            case '\\' -> {
                String next = glob.substring(at + 1, Math.min(glob.length(), at + 2));
                made.append(Pattern.quote(next));
                if (next.isEmpty()) {
                    throw new PatternSyntaxException("nothing after a backslash", glob, at);
                }
                return at + 2;
            }
            default -> made.append(Pattern.quote(String.valueOf(letter)));
        }
        return at + 1;
    }

    private static int set(String glob, int at, StringBuilder made) {
        int start = at + 1;
        boolean isNot = start < glob.length() && "!^".indexOf(glob.charAt(start)) >= 0;
        start += isNot ? 1 : 0;
        int end = glob.indexOf(']', start + 1);
        if (end < 0) {
            throw new PatternSyntaxException("a bracket that is not closed", glob, at);
        }
        String letters = glob.substring(start, end).replaceAll("([\\[\\]&^])", "\\\\$1");
        made.append("(?!/)[").append(isNot ? "^" : "").append(letters).append(']');
        return end + 1;
    }

    /** Whether it is left out: it, or a directory that it is in. */
    boolean isIgnored(String path, boolean isDirectory) {
        if (lines.isEmpty()) {
            return false;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (says(path.substring(0, slash), true)) {
                return true;
            }
        }
        return says(path, isDirectory);
    }

    private boolean says(String path, boolean isDirectory) {
        Line line = last(path, isDirectory);
        return line != null && line.isIgnored;
    }

    /** Whether an ignored path may be deleted with a directory that others have deleted. */
    boolean mayGo(String path, boolean isDirectory) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            Line line = last(path.substring(0, slash), true);
            if (line != null && line.isIgnored) {
                return line.mayGo;
            }
        }
        Line line = last(path, isDirectory);
        return line != null && line.isIgnored && line.mayGo;
    }

    private @Nullable Line last(String path, boolean isDirectory) {
        for (int number = lines.size() - 1; number >= 0; number--) {
            Line line = lines.get(number);
            if ((isDirectory || !line.isForDirectories)
                    && line.pattern.matcher(path).matches()) {
                return line;
            }
        }
        return null;
    }
}
