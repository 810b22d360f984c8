package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sizes of the design, by the JDK's own parser. */
class SourceSizeTest {

    private static final int METHOD_LINES = 40;
    private static final int MAIN_FILE_LINES = 300;
    private static final int TEST_FILE_LINES = 400;
    private static final int PARAMETERS = 4;
    private static final int MODULE_LINES = 150;

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");
    private static final Path PAGE = Path.of("webroot");

    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        addLongFiles(tooLong, files(MAIN, ".java"), MAIN_FILE_LINES);
        addLongFiles(tooLong, files(TEST, ".java"), TEST_FILE_LINES);
        addLongFiles(tooLong, files(PAGE, ".js"), MODULE_LINES);
        assertEquals(List.of(), tooLong);
    }

    @Test
    void methodsAreShort() throws IOException {
        assertEquals(List.of(), complaints(List.of(MAIN, TEST), Scan::complainOfSize));
    }

    @Test
    void methodsHaveFewParameters() throws IOException {
        assertEquals(List.of(), complaints(List.of(MAIN, TEST), Scan::complainOfParameters));
    }

    @Test
    void whatIsPublicIsDocumented() throws IOException {
        assertEquals(List.of(), complaints(List.of(MAIN), Scan::complainOfMissingJavadoc));
    }

    @Test
    void everyRuleFindsWhatItIsFor() throws IOException {
        String lines = "\n".repeat(METHOD_LINES);
        String source = "public class A { public void b(int a, int b, int c, int d, int e) {" + lines + "} }";
        List<String> found = new ArrayList<>();
        scan(List.of(new TextSource(source)), Scan::complainOfSize, found);
        scan(List.of(new TextSource(source)), Scan::complainOfParameters, found);
        scan(List.of(new TextSource(source)), Scan::complainOfMissingJavadoc, found);
        assertEquals(
                List.of(
                        "/A.java:1: b has 41 lines",
                        "/A.java:1: b has 5 parameters",
                        "/A.java:1: A has no Javadoc",
                        "/A.java:1: b has no Javadoc"),
                found);
    }

    private static void addLongFiles(List<String> tooLong, List<Path> files, int limit) throws IOException {
        assertFalse(files.isEmpty());
        for (Path file : files) {
            int lines = Files.readAllLines(file).size();
            if (lines > limit) {
                tooLong.add(file + " has " + lines + " lines");
            }
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.startsWith(PAGE.resolve("vendor")))
                    .sorted()
                    .toList();
        }
    }

    private interface Rule {
        void apply(Scan scan, Tree tree);
    }

    private static List<String> complaints(List<Path> folders, Rule rule) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            files.addAll(files(folder, ".java"));
        }
        assertFalse(files.isEmpty());
        List<String> complaints = new ArrayList<>();
        try (StandardJavaFileManager manager =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null)) {
            scan(manager.getJavaFileObjectsFromPaths(files), rule, complaints);
        }
        return complaints;
    }

    private static void scan(Iterable<? extends JavaFileObject> sources, Rule rule, List<String> complaints)
            throws IOException {
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, sources);
        DocTrees trees = DocTrees.instance(task);
        for (CompilationUnitTree unit : task.parse()) {
            new Scan(trees, unit, rule, complaints).scan(new TreePath(unit), null);
        }
    }

    private static final class TextSource extends SimpleJavaFileObject {
        private final String text;

        TextSource(String text) {
            super(URI.create("text:///A.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Scan extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees trees;
        private final CompilationUnitTree unit;
        private final Rule rule;
        private final List<String> complaints;

        Scan(DocTrees trees, CompilationUnitTree unit, Rule rule, List<String> complaints) {
            this.trees = trees;
            this.unit = unit;
            this.rule = rule;
            this.complaints = complaints;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            rule.apply(this, method);
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            rule.apply(this, type);
            return super.visitClass(type, null);
        }

        void complainOfSize(Tree tree) {
            if (tree instanceof MethodTree method) {
                long first = line(trees.getSourcePositions().getStartPosition(unit, method));
                long last = line(trees.getSourcePositions().getEndPosition(unit, method));
                if (last - first + 1 > METHOD_LINES) {
                    complain(tree, method.getName() + " has " + (last - first + 1) + " lines");
                }
            }
        }

        /** What overrides something has the parameters of that. */
        void complainOfParameters(Tree tree) {
            if (tree instanceof MethodTree method
                    && !isOverride(method)
                    && !isRecordConstructor(method)
                    && method.getParameters().size() > PARAMETERS) {
                complain(
                        tree,
                        method.getName() + " has " + method.getParameters().size() + " parameters");
            }
        }

        private boolean isRecordConstructor(MethodTree method) {
            return method.getName().contentEquals("<init>")
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        /** What overrides something is documented there. */
        void complainOfMissingJavadoc(Tree tree) {
            if (tree instanceof ClassTree type) {
                complainUnlessDocumented(type.getModifiers(), tree, type.getSimpleName());
            } else if (tree instanceof MethodTree method && !isOverride(method)) {
                complainUnlessDocumented(method.getModifiers(), tree, method.getName());
            }
        }

        private void complainUnlessDocumented(ModifiersTree modifiers, Tree tree, CharSequence name) {
            boolean exposed = modifiers.getFlags().contains(Modifier.PUBLIC);
            if (exposed && trees.getDocComment(getCurrentPath()) == null) {
                complain(tree, name + " has no Javadoc");
            }
        }

        private static boolean isOverride(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
        }

        private void complain(Tree tree, String complaint) {
            long start = trees.getSourcePositions().getStartPosition(unit, tree);
            complaints.add(unit.getSourceFile().toUri().getPath() + ":" + line(start) + ": " + complaint);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
