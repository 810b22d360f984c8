package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No regular expression takes more time than the length of the text. Counts how often a matcher looks at a character, so it
 * needs no clock: where that grows faster than the text, one long header or name would keep an event loop busy.
 */
class PatternsTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path CLASSES = Path.of("target/classes");
    private static final int LENGTH = 96;

    /** Doubling the text doubles the work; four times is what a quadratic one takes. */
    private static final int MOST_GROWTH = 3;

    /** What is matched whole, and what is looked for anywhere in a text. */
    private record Use(Pattern pattern, boolean isFound) {}

    /** A text that counts how often it is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static long looks(Use use, String text) {
        Counted counted = new Counted(text);
        Matcher matcher = use.pattern.matcher(counted);
        boolean unused = use.isFound ? matcher.results().count() > 0 : matcher.matches();
        return counted.looks;
    }

    /** Runs of what the expression itself is about, ended by what it does not expect. */
    private static List<ToLongFunction<Integer>> attempts(Use use) {
        TreeSet<String> parts = new TreeSet<>(List.of("a", "A", "0", " ", "/", "\n", "\u0001"));
        use.pattern.pattern().chars().forEach(each -> parts.add(Character.toString(each)));
        List<String> units = new ArrayList<>(parts);
        parts.forEach(first -> parts.forEach(second -> units.add(first + second)));
        List<ToLongFunction<Integer>> attempts = new ArrayList<>();
        for (String unit : units) {
            attempts.add(length -> looks(use, unit.repeat(length / unit.length())));
            attempts.add(length -> looks(use, "\u0001" + unit.repeat(length / unit.length()) + "\u0001"));
            attempts.add(length -> looks(use, unit.repeat(length / unit.length()) + "\u0001"));
        }
        return attempts;
    }

    private static boolean isLinear(Use use) {
        return attempts(use).stream()
                .allMatch(attempt -> attempt.applyAsLong(2 * LENGTH) <= MOST_GROWTH * attempt.applyAsLong(LENGTH));
    }

    @Test
    void noPatternTakesMoreTimeThanTheTextIsLong() throws Exception {
        Map<String, Use> all = new TreeMap<>(constants());
        all.putAll(literals());
        assertTrue(all.size() > 20, all.keySet()::toString);
        assertEquals(
                List.of(),
                all.entrySet().stream()
                        .filter(entry -> !isLinear(entry.getValue()))
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .toList());
    }

    @Test
    void quadraticOneIsSeen() {
        assertTrue(isLinear(new Use(Pattern.compile("[a-z]+:"), false)));
        assertEquals(
                List.of(false, false),
                Stream.of(new Use(Pattern.compile("[a:]*:[a:]*"), false), new Use(Pattern.compile("_+$"), true))
                        .map(PatternsTest::isLinear)
                        .toList());
    }

    /** Those that classes keep. */
    private static Map<String, Use> constants() throws IOException, ReflectiveOperationException {
        Map<String, Use> found = new TreeMap<>();
        for (Path file : files(CLASSES, ".class")) {
            String name = CLASSES.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
            Class<?> type = Class.forName(name, false, PatternsTest.class.getClassLoader());
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == Pattern.class && Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    String source = Files.readString(
                            MAIN.resolve(name.replaceFirst("\\$.*", "").replace('.', '/') + ".java"));
                    boolean isFound = source.contains(".find()") || source.contains(".replaceAll(");
                    found.put(name + "." + field.getName(), new Use((Pattern) field.get(null), isFound));
                }
            }
        }
        return found;
    }

    /** Those that stand where they are used. */
    private static Map<String, Use> literals() throws IOException {
        Map<String, Use> found = new TreeMap<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files(MAIN, ".java")));
            for (CompilationUnitTree unit : task.parse()) {
                new Literals(unit.getSourceFile().getName()).scan(unit, found);
            }
        }
        return found;
    }

    private static final class Literals extends TreeScanner<@Nullable Void, Map<String, Use>> {
        private final String file;

        Literals(String file) {
            this.file = file;
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, Map<String, Use> found) {
            if (call.getMethodSelect() instanceof MemberSelectTree method
                    && !call.getArguments().isEmpty()) {
                ExpressionTree first = call.getArguments().get(0);
                String name = method.getIdentifier().toString();
                boolean isUsed = List.of("matches", "replaceAll", "replaceFirst", "split")
                        .contains(name);
                if (isUsed && first instanceof LiteralTree literal && literal.getValue() instanceof String text) {
                    found.put(file + " " + text, new Use(Pattern.compile(text), !name.equals("matches")));
                }
            }
            return super.visitMethodInvocation(call, found);
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
