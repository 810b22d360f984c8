package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation leads everywhere it says it does, and its first page is short. */
class DocsTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern TEST = Pattern.compile("`(?:([A-Z]\\w+Test)(?:\\.(\\w+))?|([\\w-]+\\.test\\.js))`");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String PACKAGE_INFO = "package-info.java";
    private static final int MOST_LINES = 200;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"\\s]+)\"");

    @Test
    void readmeIsReadInTwoMinutes() throws IOException {
        int lines = Files.readAllLines(README).size();
        assertTrue(lines <= MOST_LINES, () -> "README.md has " + lines + " lines");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : links(Files.readString(page))) {
                if (!leadsSomewhere(page, link)) {
                    broken.add(page + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPageIsReachedFromTheReadme() throws IOException {
        Set<Path> reached = new TreeSet<>(Set.of(README));
        Deque<Path> toRead = new ArrayDeque<>(reached);
        while (!toRead.isEmpty()) {
            Path page = toRead.remove();
            for (String link : links(Files.readString(page))) {
                Path target = target(page, link);
                if (target.toString().endsWith(".md") && Files.exists(target) && reached.add(target)) {
                    toRead.add(target);
                }
            }
        }
        List<Path> missed =
                pages().stream().filter(page -> !reached.contains(page)).toList();
        assertEquals(List.of(), missed);
    }

    @Test
    void linesForNginxInTheReadmeAreThoseOfTheProxyPage() throws IOException {
        assertEquals(nginxLines(Path.of("docs/proxy.md")), nginxLines(README));
    }

    /** The lines of the one block for Nginx, without comments. */
    private static List<String> nginxLines(Path page) throws IOException {
        List<MatchResult> blocks = Pattern.compile("(?ms)^ *```nginx\n(.*?)^ *```")
                .matcher(Files.readString(page))
                .results()
                .toList();
        assertEquals(1, blocks.size(), page::toString);
        return blocks.get(0)
                .group(1)
                .stripTrailing()
                .stripIndent()
                .lines()
                .map(line -> line.replaceFirst("\\s+#.*", ""))
                .toList();
    }

    @Test
    void everyRoomIsInTheTableOfTheArchitecture() throws IOException {
        Set<String> rooms = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.endsWith(PACKAGE_INFO)).forEach(file -> rooms.add(room(file)));
        }
        Set<String> told = new TreeSet<>();
        DocsTable.rows("docs/architecture.md", "room", "is").forEach(row -> told.add(row.get(0)));
        assertEquals(
                Set.of(), without(rooms, told), "docs/architecture.md, table of rooms: these packages have no row");
        assertEquals(
                Set.of(), without(told, rooms), "docs/architecture.md, table of rooms: there are no such packages");
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    /** A board that nobody can read about is not there for those who did not make it. */
    @Test
    void everyBoardHasItsPageAndItsRow() throws IOException {
        String table = Files.readString(Path.of("docs/api.md"));
        List<String> missing = Deployment.BOARDS.stream()
                .flatMap(line -> line.boards().stream())
                .filter(board -> !table.contains("| [`" + board + "`](boards/"))
                .toList();
        assertEquals(List.of(), missing, "docs/api.md, table of boards: no row that links to docs/boards/");
    }

    /** The package that such a file describes. */
    private static String room(Path packageInfo) {
        return SOURCES.relativize(packageInfo)
                .toString()
                .replace("/" + PACKAGE_INFO, "")
                .replace('/', '.');
    }

    @Test
    void testsThatPagesNameExist() throws IOException {
        List<Path> tests = tests();
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult test :
                    TEST.matcher(Files.readString(page)).results().toList()) {
                if (!isThere(test, tests)) {
                    missing.add(page + ": " + test.group());
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            return files.filter(file -> file.toString().matches("(?!.*/node_modules/).*(Test\\.java|\\.test\\.js)"))
                    .toList();
        }
    }

    /** Whether there is a test file of this name, with such a promise in it. */
    private static boolean isThere(MatchResult test, List<Path> tests) throws IOException {
        String name = test.group(1) == null ? test.group(3) : test.group(1) + ".java";
        String promise = test.group(2) == null ? "" : " " + test.group(2);
        for (Path file : tests) {
            if (file.endsWith(name) && Files.readString(file).contains(promise)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void headingsAreNamedAsGitHubNamesThem() {
        assertEquals(
                Set.of("one-two", "one-two-1", "hosts-name-__host-"),
                anchors(
                        "# One, *two*!\n```sh\n# no heading\n```\n## `One` [two](there.md)\n### Host's name: `__Host-`"));
    }

    @Test
    void linksInCodeAreNone() {
        assertEquals(List.of("b.md#c"), links("`[a](a.md)` [b](b.md#c)\n```\n[d](d.md)\n```\n[e](https://e.example)"));
    }

    /** What people read: the pages at the top and all below docs/. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> top = Files.list(Path.of(""))) {
            return Stream.concat(docs, top)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        Path target = target(page, link);
        int hash = link.indexOf('#');
        return Files.exists(target)
                && (hash < 0 || anchors(Files.readString(target)).contains(link.substring(hash + 1)));
    }

    private static Path target(Path page, String link) {
        String file = link.split("#", 2)[0];
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    /** The links of a page to other files and places of this repository. */
    private static List<String> links(String text) {
        String prose = withoutCode(text).replaceAll("`[^`\n]*`", "");
        return LINK.matcher(prose)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?ms)^ *```.*?^ *```", "");
    }

    /** The names of a page's headings: small letters, digits, hyphens and underscores, and a number where one comes again. */
    private static Set<String> anchors(String text) {
        Set<String> anchors = new TreeSet<>();
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (MatchResult heading : Pattern.compile("(?m)^#+ +(.*)$")
                .matcher(withoutCode(text))
                .results()
                .toList()) {
            String words = heading.group(1).replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
            String name = words.toLowerCase(Locale.ROOT)
                    .strip()
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int before = counts.merge(name, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? name : name + "-" + before);
        }
        return anchors;
    }
}
