package pulseboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The tables of the documentation, row by row. */
public final class DocsTable {

    private DocsTable() {}

    /**
     * The cells of each row of the one table of a page whose heading starts with these words, code marks and escapes removed.
     *
     * @param page its path, such as {@code docs/settings.md}
     */
    public static List<List<String>> rows(String page, String... heading) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(page));
        List<Integer> starts = IntStream.range(0, lines.size())
                .filter(line -> startsWith(cells(lines.get(line)), heading))
                .boxed()
                .toList();
        if (starts.size() != 1) {
            throw new AssertionError(page + " has " + starts.size() + " tables of " + List.of(heading));
        }
        // The line after the heading is the one that makes it a table.
        return lines.stream()
                .skip(starts.get(0) + 2)
                .takeWhile(line -> line.startsWith("|"))
                .map(DocsTable::cells)
                .toList();
    }

    private static boolean startsWith(List<String> cells, String... heading) {
        return cells.size() >= heading.length
                && cells.subList(0, heading.length).equals(List.of(heading));
    }

    /** A vertical line within a cell is written with a backslash before it. */
    private static List<String> cells(String line) {
        if (!line.startsWith("|")) {
            return List.of();
        }
        return Arrays.stream(line.substring(1).split("(?<!\\\\)\\|", 0))
                .map(cell -> cell.strip().replace("\\|", "|").replace("`", ""))
                .toList();
    }
}
