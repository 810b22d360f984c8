import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Builds the page that ships from the one in {@code webroot}, which runs unbuilt: {@code java PageBuild.java WEBROOT TARGET}.
 * The modules of each document become one, its style sheets one, its classic scripts one, all without comments and
 * indentation; no name is changed. What a document loads later, by {@code import("./file.js")}, becomes a file of its own with
 * all that only this one needs; what several of these need lies in one more. They lie in a folder that is named by their content, so that browsers may keep them for
 * ever, each with a twin that is compressed with gzip, and with Brotli where its encoder runs on this machine. The documents
 * have no twins: a proxy may change them on the way. {@code TARGET.list} names all files but the twins.
 */
public final class PageBuild {

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:(?:(\\w+)|\\{([^}]*)\\}) from )?\"([^\"]+)\";$", Pattern.MULTILINE);
    private static final Pattern EXPORT = Pattern.compile(
            "^export (?:(\\{\\};)|((?:async )?function\\*?|class|const) ([\\w$]+)|.*)", Pattern.MULTILINE);
    /** In code without comments: there it would be a type. */
    private static final Pattern LATER = Pattern.compile("\\bimport\\(\"([^\"]+)\"\\)");
    private static final Pattern CLASSIC = Pattern.compile("<script src=\"((?:\\.\\./)?)([^\"]+)\"></script>\\s*");
    private static final Pattern MODULE = Pattern.compile("<script type=\"module\" src=\"((?:\\.\\./)?)([^\"]+)\">");
    private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"((?:\\.\\./)?)([^\"]+)\">\\s*");
    private static final Pattern ICON = Pattern.compile("(<link rel=\"icon\" href=\")((?:\\.\\./)?)([^\"]+)(\")");
    private static final List<String> DOCUMENTS = List.of("index.html", "widget.html", "api.html", "demo.html");
    /** A browser finds it by this name at the root, and asks for it each time: it is told of pushed messages. */
    private static final String SERVICE_WORKER = "push.js";
    /** Style of pages that are loaded when they are opened. */
    private static final List<String> LATER_STYLES = List.of("style/alerts.css", "style/sync.css");

    /** Not part of any document. */
    private static final List<String> OTHERS = List.of(
            "style/icon.svg",
            "style/icon-warning.svg",
            "style/icon-critical.svg",
            "demo/recording.json",
            "vendor/sockjs.min.js",
            "vendor/sockjs.LICENSE",
            "vendor/uPlot.LICENSE");

    /** Below that there is nothing to gain. */
    private static final int LEAST_BYTES = 512;

    private final Path webroot;
    private final Map<String, byte[]> assets = new TreeMap<>();
    private final Map<String, String> documents = new LinkedHashMap<>();

    private PageBuild(Path webroot) {
        this.webroot = webroot;
    }

    public static void main(String[] args) throws Exception {
        PageBuild build = new PageBuild(Path.of(args[0]));
        for (String document : DOCUMENTS) {
            build.add(document);
        }
        build.documents.put(SERVICE_WORKER, Code.script(build.read(SERVICE_WORKER)));
        for (String file : OTHERS) {
            build.assets.put(file, Files.readAllBytes(build.webroot.resolve(file)));
        }
        for (String file : LATER_STYLES) {
            build.assets.put(file, Code.style(build.read(file)).getBytes(StandardCharsets.UTF_8));
        }
        build.write(Path.of(args[1]));
    }

    private void add(String document) throws IOException {
        String name = document.replace(".html", "");
        String text = read(document);
        text = join(text, CLASSIC, name + "-early.js", "<script src=\"%s\"></script>\n  ", file -> Code.script(read(file)));
        text = join(text, STYLE, name + ".css", "<link rel=\"stylesheet\" href=\"%s\">\n  ", file -> Code.style(read(file)));
        Matcher module = MODULE.matcher(text);
        if (!module.find()) {
            throw new IllegalArgumentException(document + " has no module");
        }
        new Modules(module.group(2)).texts().forEach((file, code) -> {
            if (assets.put(file, code.getBytes(StandardCharsets.UTF_8)) != null) {
                throw new IllegalArgumentException(file + " is a file of two documents");
            }
        });
        text = module.replaceFirst("<script type=\"module\" src=\"$1ASSETS/$2\">");
        documents.put(document, ICON.matcher(text).replaceAll("$1$2ASSETS/$3$4"));
    }

    /** Puts one file in the place of all these. */
    private String join(String document, Pattern pattern, String file, String tag, Function<String, String> content) {
        List<MatchResult> found = pattern.matcher(document).results().toList();
        StringBuilder joined = new StringBuilder();
        found.forEach(each -> joined.append(content.apply(each.group(2))).append('\n'));
        assets.put(file, joined.toString().getBytes(StandardCharsets.UTF_8));
        int[] place = {0};
        return pattern.matcher(document)
                .replaceAll(each -> place[0]++ > 0 ? "" : tag.formatted(each.group(1) + "ASSETS/" + file));
    }

    private String read(String file) {
        try {
            return Files.readString(webroot.resolve(file)).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }

    private void write(Path target) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        assets.forEach((file, bytes) -> {
            digest.update(file.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
        String folder = "assets-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
        List<String> list = new ArrayList<>(documents.keySet());
        for (Map.Entry<String, String> document : documents.entrySet()) {
            Files.createDirectories(target);
            Files.writeString(target.resolve(document.getKey()), document.getValue().replace("ASSETS/", folder + "/"));
        }
        boolean brotli = Brotli.isThere();
        for (Map.Entry<String, byte[]> asset : assets.entrySet()) {
            String file = folder + "/" + asset.getKey();
            list.add(file);
            Files.createDirectories(target.resolve(file).getParent());
            Files.write(target.resolve(file), asset.getValue());
            if (asset.getValue().length >= LEAST_BYTES) {
                Files.write(target.resolve(file + ".gz"), gzip(asset.getValue()));
            }
            if (brotli && asset.getValue().length >= LEAST_BYTES) {
                Files.write(target.resolve(file + ".br"), Brotli.compress(asset.getValue()));
            }
        }
        Files.write(target.resolveSibling(target.getFileName() + ".list"), list);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            stream.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Brotli4j, whose encoder is native code: by reflection, so that the build goes on where there is none for it. */
    private static final class Brotli {

        private static final String PACKAGE = "com.aayushatharva.brotli4j.";

        static boolean isThere() {
            try {
                boolean there = (boolean) Class.forName(PACKAGE + "Brotli4jLoader").getMethod("isAvailable").invoke(null);
                if (!there) {
                    System.out.println("pulseboard: no Brotli encoder for this machine: the page is compressed with gzip only");
                }
                return there;
            } catch (ReflectiveOperationException | LinkageError e) {
                System.out.println("pulseboard: the page is compressed with gzip only: " + e);
                return false;
            }
        }

        static byte[] compress(byte[] plain) throws ReflectiveOperationException {
            return (byte[]) Class.forName(PACKAGE + "encoder.Encoder").getMethod("compress", byte[].class).invoke(null, plain);
        }
    }

    private static String beside(String file, String path) {
        return Path.of(file).resolveSibling(path).normalize().toString().replace('\\', '/');
    }

    private static boolean isVendored(String module) {
        return module.endsWith(".esm.js");
    }

    /** The modules of a document, and in which file each of them is: nothing is in two, since a module keeps what it knows. */
    private final class Modules {

        private static final String SHARED = "shared.js";

        private final String entry;
        private final Map<String, String> files = new LinkedHashMap<>();
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private final Map<String, Bundle> bundles = new LinkedHashMap<>();
        private final Set<String> open = new LinkedHashSet<>();

        Modules(String entry) {
            this.entry = entry;
            List<String> later = new ArrayList<>();
            reach(entry, entry, new LinkedHashSet<>(), later);
            for (int next = 0; next < later.size(); next++) { // These may load others.
                reach(later.get(next), later.get(next), new LinkedHashSet<>(), later);
            }
            bundle(entry).include(entry);
            for (String page : later) {
                if (files.get(page).equals(SHARED)) {
                    throw new IllegalArgumentException(page + " is loaded later, and imported by what is loaded later");
                }
                bundle(files.get(page)).include(page);
            }
        }

        /** Notes that this file needs that module with all that it imports, unless the document has it from the start. */
        private void reach(String module, String file, Set<String> seen, List<String> later) {
            if ((!file.equals(entry) && entry.equals(files.get(module))) || !seen.add(module)) {
                return;
            }
            files.merge(module, file, (one, other) -> one.equals(other) ? one : SHARED);
            if (isVendored(module)) {
                return;
            }
            IMPORT.matcher(read(module)).results().forEach(each -> reach(beside(module, each.group(3)), file, seen, later));
            LATER.matcher(Code.script(read(module))).results().map(each -> beside(module, each.group(1)))
                    .filter(each -> !later.contains(each)).forEach(later::add);
        }

        private Bundle bundle(String file) {
            return bundles.computeIfAbsent(file, missing -> new Bundle(this, file));
        }

        private int number(String module) {
            numbers.putIfAbsent(module, numbers.size());
            return numbers.get(module);
        }

        /** The code of each file. */
        Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            bundles.forEach((file, bundle) -> texts.put(file, bundle.text()));
            return texts;
        }
    }

    /** One file: a module with those that it imports, each in a function of its own, in the order in which a browser would run them. */
    private final class Bundle {

        private final Modules modules;
        private final String file;
        private final Set<String> included = new LinkedHashSet<>();
        private final StringBuilder code = new StringBuilder();
        /** What is in other files, by their names. */
        private final Map<String, Set<String>> taken = new TreeMap<>();
        /** What other files take from here. */
        private final Set<String> given = new LinkedHashSet<>();

        Bundle(Modules modules, String file) {
            this.modules = modules;
            this.file = file;
        }

        String text() {
            StringBuilder text = new StringBuilder();
            taken.forEach((other, names) -> text.append("import{").append(String.join(",", names)).append("}from\"")
                    .append(pathTo(other)).append("\";\n"));
            text.append(code);
            return given.isEmpty() ? text.toString() : text + "export{" + String.join(",", given) + "};\n";
        }

        /** From here to another file, as an import names it. */
        private String pathTo(String other) {
            Path here = Path.of("/", file).getParent();
            String path = here.relativize(Path.of("/", other)).toString().replace('\\', '/');
            return path.startsWith(".") ? path : "./" + path;
        }

        /** The name by which this file knows what a module exports. */
        private String include(String module) {
            Bundle owner = modules.bundle(modules.files.get(module));
            String name = "$" + modules.number(module);
            if (owner != this) {
                taken.computeIfAbsent(owner.file, missing -> new LinkedHashSet<>()).add(name);
                owner.given.add(name);
            }
            if (owner.included.contains(module)) {
                return name;
            }
            if (!modules.open.add(module)) {
                throw new IllegalArgumentException("a circle of modules: " + modules.open + " and again " + module);
            }
            owner.append(module, name);
            modules.open.remove(module);
            owner.included.add(module);
            return name;
        }

        private void append(String module, String name) {
            if (isVendored(module)) { // A library, which its makers minify in another form.
                String minified = read(module.replace(".esm.js", ".iife.min.js"));
                String made = Path.of(module).getFileName().toString().replace(".esm.js", "");
                code.append("const ").append(name).append("=(()=>{").append(minified);
                code.append("\nreturn{default:").append(made).append("}})();\n");
            } else {
                appendOwn(module, name);
            }
        }

        private void appendOwn(String module, String name) {
            String source = IMPORT.matcher(read(module)).replaceAll(each -> Matcher.quoteReplacement(imported(module, each)));
            List<String> names = new ArrayList<>();
            boolean isEntry = module.equals(file);
            if (!isEntry) {
                source = EXPORT.matcher(source).replaceAll(each -> Matcher.quoteReplacement(exported(module, each, names)));
            }
            // A bundle lies elsewhere than the module did.
            source = source.replace("import.meta.url", "new URL(\"" + pathTo(module) + "\",import.meta.url).href");
            if (Pattern.compile("^(import\\b(?![.(])|export \\*|export default)", Pattern.MULTILINE).matcher(source).find()) {
                throw new IllegalArgumentException(module + " imports or exports in a way that PageBuild does not know");
            }
            String own = LATER.matcher(Code.script(source)).replaceAll(each -> Matcher.quoteReplacement(later(module, each)));
            code.append(isEntry ? own : "const " + name + "=(()=>{" + own + "\nreturn{" + String.join(",", names) + "}})();");
            code.append('\n');
        }

        private String imported(String module, MatchResult line) {
            String exports = include(beside(module, line.group(3)));
            if (line.group(1) != null) {
                return "const " + line.group(1) + "=" + exports + ".default;";
            }
            String names = line.group(2) == null ? "" : line.group(2).replaceAll("(\\w+) as (\\w+)", "$1: $2");
            return names.isBlank() ? "" : "const {" + names + "}=" + exports + ";";
        }

        /** What the document has from the start need not be loaded; it runs long before it is asked for. */
        private String later(String module, MatchResult found) {
            String page = beside(module, found.group(1));
            String owner = modules.files.get(page);
            return owner.equals(page) ? "import(\"" + pathTo(page) + "\")" : "Promise.resolve(" + include(page) + ")";
        }

        /** What is exported never changes, so a copy is as good as the binding. */
        private String exported(String module, MatchResult line, List<String> names) {
            if (line.group(1) != null) {
                return "";
            }
            if (line.group(3) == null) {
                throw new IllegalArgumentException(module + " exports in a way that PageBuild does not know: " + line.group());
            }
            names.add(line.group(3));
            return line.group(2) + " " + line.group(3);
        }
    }

    /** Text without comments and without the spaces that mean nothing. */
    private static final class Code {

        private static final String BEFORE_PATTERN = "(?s).*(?:^|[^\\w$.])(?:return|typeof|case|in|of|void|delete|do|else|throw|yield|await)";
        /** After these no line can end a statement. */
        private static final String OPEN = "{([,;:?=&|<>*%^~!";
        /** Before these none can. */
        private static final String CLOSE = ")]},.;:?=&|*%<>^";

        private final String source;
        private final StringBuilder out = new StringBuilder();
        private int at;

        private Code(String source) {
            this.source = source;
        }

        static String script(String source) {
            Code code = new Code(source);
            code.block(false);
            return code.out.toString().strip();
        }

        /** Style sheets: none has a string with a comment or with spaces that count. */
        static String style(String source) {
            return source.replaceAll("(?s)/\\*(?!!).*?\\*/", "").replaceAll("\\s+", " ").replaceAll(" ?([{};,]) ?", "$1")
                    .replaceAll(": ", ":").replace(";}", "}").strip();
        }

        /** Up to the end, or up to the bracket that ends what is inside a template. */
        private void block(boolean inTemplate) {
            int depth = 0;
            while (at < source.length()) {
                char c = source.charAt(at);
                if (Character.isWhitespace(c) || source.startsWith("//", at) || source.startsWith("/*", at)) {
                    space();
                } else if (c == '"' || c == '\'') {
                    copy(endOfString(c));
                } else if (c == '`') {
                    template();
                } else if (c == '/' && isPattern()) {
                    copy(endOfPattern());
                } else if (inTemplate && c == '}' && depth == 0) {
                    return;
                } else {
                    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                    copy(at + 1);
                }
            }
        }

        private void copy(int end) {
            out.append(source, at, end);
            at = end;
        }

        private void space() {
            boolean newLine = false;
            while (at < source.length()) {
                int end = source.startsWith("//", at) ? source.indexOf('\n', at)
                        : source.startsWith("/*", at) ? source.indexOf("*/", at + 2) + 2
                        : Character.isWhitespace(source.charAt(at)) ? at + 1 : -1;
                if (end < 0 && !source.startsWith("//", at)) {
                    break;
                }
                newLine |= source.substring(at, end < 0 ? source.length() : end).contains("\n");
                at = end < 0 ? source.length() : end;
            }
            if (out.length() == 0 || at == source.length()) {
                return;
            }
            char before = out.charAt(out.length() - 1);
            char after = source.charAt(at);
            if (newLine && before != '\n' && OPEN.indexOf(before) < 0 && CLOSE.indexOf(after) < 0) {
                out.append('\n');
            } else if (!newLine && isJoined(before, after)) {
                out.append(' ');
            }
        }

        /** Whether two signs would mean something else side by side. */
        private static boolean isJoined(char before, char after) {
            return (isWord(before) && (isWord(after) || after == '.')) || (before == after && "+-/".indexOf(before) >= 0)
                    || before == '/' || after == '/';
        }

        private static boolean isWord(char c) {
            return Character.isJavaIdentifierPart(c) || c == '#' || c > 127;
        }

        private int endOfString(char quote) {
            int end = at + 1;
            while (source.charAt(end) != quote) {
                end += source.charAt(end) == '\\' ? 2 : 1;
            }
            return end + 1;
        }

        private void template() {
            copy(at + 1);
            while (source.charAt(at) != '`') {
                if (source.startsWith("${", at)) {
                    copy(at + 2);
                    block(true);
                    copy(at + 1);
                } else {
                    copy(at + (source.charAt(at) == '\\' ? 2 : 1));
                }
            }
            copy(at + 1);
        }

        /** Whether a slash begins a regular expression, and does not divide. */
        private boolean isPattern() {
            String before = out.substring(Math.max(0, out.length() - 12)).stripTrailing();
            char last = before.isEmpty() ? ';' : before.charAt(before.length() - 1);
            return before.matches(BEFORE_PATTERN) || !(isWord(last) || ")]}\"'`".indexOf(last) >= 0);
        }

        private int endOfPattern() {
            boolean inClass = false;
            for (int end = at + 1; ; end++) {
                char c = source.charAt(end);
                if (c == '\n') {
                    throw new IllegalArgumentException("a slash that PageBuild does not understand: " + source.substring(at, end));
                }
                if (c == '/' && !inClass) {
                    return end + 1;
                }
                end += c == '\\' ? 1 : 0;
                inClass = c == '[' || (c != ']' && inClass);
            }
        }
    }
}
