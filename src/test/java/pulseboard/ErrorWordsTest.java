package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every stable word of an error is in docs/troubleshooting.md, with its fix. */
class ErrorWordsTest {

    private static final String PAGE = "docs/troubleshooting.md";
    private static final Path SOURCES = Path.of("src/main/java/pulseboard");
    private static final String WORD = "[a-z]+(_[a-z]+)*";

    /** Words of several parts are used for nothing else on the HTTP side. */
    private static final String LONG_WORD = "[a-z]+(_[a-z]+)+";

    @Test
    void everyWordOfTheSourcesIsInTheTables() throws IOException {
        Set<String> missing = words();
        missing.removeAll(told("word", "status"));
        missing.removeAll(told("word", "means"));
        assertEquals(Set.of(), missing, "docs/troubleshooting.md: these error words have no row with the fix");
    }

    /** Some are Vert.x's, and some are made of the names of constants, so they are taken from where clients read of them. */
    @Test
    void everyWordThatTheProtocolNamesIsInTheTableOfTheBus() throws IOException {
        String page = Files.readString(Path.of("docs/api.md"));
        Set<String> missing = new TreeSet<>();
        addMatches(missing, page, "\"type\":\"err\",\"body\":\"([a-z_]+)\"");
        addMatches(missing, page.replaceAll("(?s).*Other words: (.*?) \\|.*", "$1"), "`([a-z_]+)`");
        assertTrue(missing.size() > 10, missing::toString);
        missing.removeAll(told("word", "means"));
        assertEquals(Set.of(), missing);
    }

    private static void addMatches(Set<String> words, String text, String expression) {
        Pattern.compile(expression).matcher(text).results().forEach(match -> words.add(match.group(1)));
    }

    @Test
    void noWordIsToldThatNothingAnswers() throws IOException {
        Set<String> unknown = told("word", "status");
        unknown.removeAll(words());
        assertEquals(Set.of(), unknown, "docs/troubleshooting.md: nothing answers with these words");
    }

    @Test
    void everyWordHasItsFix() throws IOException {
        List<List<String>> rows = new ArrayList<>(DocsTable.rows(PAGE, "word", "status"));
        rows.addAll(DocsTable.rows(PAGE, "word", "means"));
        for (List<String> row : rows) {
            assertFalse(row.get(row.size() - 1).isBlank(), row::toString);
        }
    }

    @Test
    void wordsAreFoundWhereverTheyAreGiven() throws IOException {
        Set<String> found = words();
        for (String word :
                List.of("forbidden", "busy", "board_unavailable", "login_required", "not_found", "unavailable")) {
            assertTrue(found.contains(word), word);
        }
    }

    private static Set<String> told(String... heading) throws IOException {
        Set<String> words = new TreeSet<>();
        for (List<String> row : DocsTable.rows(PAGE, heading)) {
            words.addAll(List.of(row.get(0).split(", ", -1)));
        }
        return words;
    }

    /** Those that the program and the snippets of Nginx answer. */
    private static Set<String> words() throws IOException {
        Set<String> words = new TreeSet<>();
        try (StandardJavaFileManager manager =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null)) {
            Iterable<? extends JavaFileObject> files = manager.getJavaFileObjectsFromPaths(files(SOURCES, ".java"));
            JavacTask task = (JavacTask)
                    ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, files);
            for (var unit : task.parse()) {
                boolean isWeb = unit.getSourceFile().getName().contains("/web/");
                new Words(words, isWeb).scan(unit, null);
            }
        }
        for (Path file : files(Path.of("nginx"), ".conf")) {
            addMatches(words, Files.readString(file), "\"error\":\"([a-z_]+)\"");
        }
        return words;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** Takes what stands after "error" or after a status, and on the HTTP side every word of several parts. */
    private static final class Words extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Set<String> words;
        private final boolean isWeb;

        Words(Set<String> words, boolean isWeb) {
            this.words = words;
            this.isWeb = isWeb;
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
            if (isWeb && literal.getValue() instanceof String text && text.matches(LONG_WORD)) {
                words.add(text);
            }
            return null;
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
            addWords(call.getArguments());
            return super.visitMethodInvocation(call, null);
        }

        /** Refusals of actions. */
        @Override
        public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void nothing) {
            addWords(made.getArguments());
            return super.visitNewClass(made, null);
        }

        private void addWords(List<? extends ExpressionTree> given) {
            for (int index = 1; index < given.size(); index++) {
                Object before = given.get(index - 1) instanceof LiteralTree literal ? literal.getValue() : null;
                boolean isError = "error".equals(before) || (before instanceof Integer status && status >= 400);
                if (isError
                        && given.get(index) instanceof LiteralTree literal
                        && literal.getValue() instanceof String text
                        && text.matches(WORD)
                        && !text.equals("error")) { // The key after a type of that name, in messages of a link.
                    words.add(text);
                }
            }
        }
    }
}
