package pulseboard;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is tested, as a jar with an archive of its classes, as users have it: the tests start it hundreds of times, and a third of what a
 * start costs is to load classes from a folder. Its manifest names the libraries, so that a command is no longer than a page, and the
 * program finds out how it was started. Made once for all processes of the tests, beside the folder of the classes.
 */
final class ProgramJar {

    private static final String SHARE = "-XX:SharedArchiveFile=";
    /** From which version on the archive that Java brings is enough. */
    private static final int ENOUGH = 22;

    private static final List<String> FLAGS = List.of(
            "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    private static final List<String> OPTIONS = make();

    private ProgramJar() {}

    /** Java and its options, up to the name of the class to start. */
    static List<String> command() {
        return new ArrayList<>(OPTIONS);
    }

    private static List<String> make() {
        List<String> options = new ArrayList<>();
        options.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options.addAll(FLAGS);
        List<Path> parts = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(each -> Path.of(each).toAbsolutePath().normalize())
                .toList();
        Path classes = parts.stream()
                .filter(each -> Files.exists(each.resolve("pulseboard/Main.class")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no pulseboard.Main in " + parts));
        try {
            Path folder = Files.createDirectories(classes.resolveSibling("program"));
            Path jar = folder.resolve("pulseboard.jar");
            Path archive = folder.resolve("pulseboard.jsa");
            List<Path> libraries = parts.stream()
                    .filter(each -> each.toString().endsWith(".jar"))
                    .toList();
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock unused = channel.lock(); // Given back with the channel.
                makeIn(folder, classes, libraries);
            }
            if (Files.exists(archive)) {
                options.add(SHARE + archive);
            }
            List<String> path = new ArrayList<>(List.of(jar.toString()));
            parts.stream()
                    .filter(each -> Files.isDirectory(each) && !each.equals(classes))
                    .forEach(each -> path.add(each.toString()));
            options.addAll(List.of("-cp", String.join(File.pathSeparator, path)));
            return options;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the program to test could not be made: " + e, e);
        }
    }

    private static void makeIn(Path folder, Path classes, List<Path> libraries)
            throws IOException, InterruptedException {
        Path stamp = folder.resolve("made-from");
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        StringBuilder ingredients = new StringBuilder(Runtime.version() + "\n" + libraries + "\n");
        for (Path file : files) {
            ingredients
                    .append(file)
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis())
                    .append('\n');
        }
        if (Files.exists(stamp) && Files.readString(stamp).contentEquals(ingredients)) {
            return;
        }
        Files.deleteIfExists(stamp);
        Files.deleteIfExists(folder.resolve("pulseboard.jsa"));
        writeJar(folder, classes, files, libraries);
        if (Runtime.version().feature() < ENOUGH) {
            archive(folder);
        }
        Files.writeString(stamp, ingredients);
    }

    private static void writeJar(Path folder, Path classes, List<Path> files, List<Path> libraries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        String.join(
                                " ",
                                libraries.stream()
                                        .map(each -> folder.relativize(each).toString())
                                        .toList()));
        Path made = folder.resolve("pulseboard.jar.new");
        try (OutputStream out = Files.newOutputStream(made);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.setLevel(1);
            for (Path file : files) {
                String name = classes.relativize(file).toString();
                if (!name.equals("META-INF/MANIFEST.MF")) {
                    jar.putNextEntry(new JarEntry(name));
                    Files.copy(file, jar);
                    jar.closeEntry();
                }
            }
        }
        Files.move(made, folder.resolve("pulseboard.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of the classes that a start and a first answer need; without an archive it starts, too. */
    private static void archive(Path folder) throws IOException, InterruptedException {
        Path list = folder.resolve("classes");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", folder.resolve("pulseboard.jar").toString()));
        List<String> start = new ArrayList<>(command);
        start.add(1, "-XX:DumpLoadedClassList=" + list);
        start.addAll(List.of("pulseboard.Main", "--port", "0"));
        ProcessBuilder builder = new ProcessBuilder(start);
        builder.environment().keySet().removeIf(name -> name.startsWith("PULSEBOARD_") || name.startsWith("JAVA_TOOL"));
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process first = builder.start();
        try {
            String line = first.inputReader().readLine();
            while (line != null && !line.contains("http://")) {
                line = first.inputReader().readLine();
            }
            look(line);
        } finally {
            first.destroy();
            first.waitFor(3, TimeUnit.MINUTES);
        }
        Path made = folder.resolve("pulseboard.jsa.new");
        command.addAll(List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list, SHARE + made));
        Process dump = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dump.log").toFile())
                .start();
        if (dump.waitFor() == 0 && Files.exists(made)) {
            Files.move(made, folder.resolve("pulseboard.jsa"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** As a test does first, and for as long as the samplers need to begin. */
    private static void look(@Nullable String said) throws IOException, InterruptedException {
        if (said == null) {
            return;
        }
        URI address = URI.create(said.substring(said.indexOf("http://")).strip());
        for (String path : List.of("", "api/health", "api/boards", "api/boards/host", "metrics")) {
            try (InputStream answer = address.resolve(path).toURL().openStream()) {
                answer.readAllBytes();
            } catch (IOException refused) {
                // Its classes are loaded all the same.
            }
        }
        TimeUnit.SECONDS.sleep(2);
    }
}
