package pulseboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * A JVM to measure one build on, with the flags that this build ships with and a class-data archive, which fits this JVM only.
 *
 * @param version such as 17.0.15
 * @param options the file of flags, out of the jar
 */
record Jvm(String version, Path java, Path jar, Path options, Path archive) {

    private static final Path JAR = Path.of("target/pulseboard.jar");
    private static final Path BENCH = Path.of("target/bench");

    /** For this build: the JVM that this runs on, and the newest of this machine when that is newer than 17 and another one. */
    static List<Jvm> all() throws IOException, InterruptedException {
        return all(JAR);
    }

    /** The build before, if one is named, on the same JVMs; none where it is not set. */
    static List<Jvm> before() throws IOException, InterruptedException {
        return Bench.before().isEmpty() ? List.of() : all(Path.of(Bench.before()));
    }

    private static List<Jvm> all(Path jar) throws IOException, InterruptedException {
        Path folder = jar.equals(JAR) ? BENCH : BENCH.resolve("before");
        Files.createDirectories(folder);
        Path options = unpack(jar, folder, "jvm.options");
        Path archiver = unpack(jar, folder, "archive-classes.sh");
        Path here = Path.of(System.getProperty("java.home")).toRealPath();
        List<Jvm> all = new ArrayList<>(List.of(at(here, jar, options, archiver)));
        String newer = new String(
                script("src/main/packaging/newer-java.sh").getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (newer.isBlank() || Path.of(newer.strip()).toRealPath().equals(here)) {
            System.out.println("There is no newer JDK beside this one: all is measured on one only.");
        } else {
            all.add(at(Path.of(newer.strip()), jar, options, archiver));
        }
        return all;
    }

    private static Jvm at(Path home, Path jar, Path options, Path archiver) throws IOException, InterruptedException {
        String version = Files.readAllLines(home.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", ""))
                .findFirst()
                .orElseThrow();
        Path archive = archiver.resolveSibling("java-" + version + ".jsa");
        Path java = home.resolve("bin/java");
        script(archiver.toString(), jar.toString(), options.toString(), archive.toString(), java.toString())
                .waitFor();
        if (Files.size(archive) == 0) {
            throw new IOException("Java " + version + " made no class-data archive");
        }
        return new Jvm(version, java, jar, options, archive);
    }

    private static Path unpack(Path jar, Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try (ZipFile zip = new ZipFile(jar.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("pulseboard/install/" + name))) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        return file;
    }

    private static Process script(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    boolean isBefore() {
        return !jar.equals(JAR);
    }

    /** Starts the program as "make run" does. */
    Process startArchived() throws IOException {
        return start(List.of("-XX:SharedArchiveFile=" + archive, "-jar", jar.toString(), "--port", "0"));
    }

    /** Starts the program with what the JVM itself has archived, and no more. */
    Process startPlain() throws IOException {
        return start(List.of("-jar", jar.toString(), "--port", "0"));
    }

    /** Starts a class of this class path. */
    Process startClass(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "@" + options));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // A history of its own: two programs cannot keep one, and that of whoever measures is left alone.
        Path state = Files.createTempDirectory(BENCH.toAbsolutePath(), "state");
        builder.environment().put("XDG_STATE_HOME", state.toString());
        if (!isBefore()) {
            builder.environment().put("MALLOC_ARENA_MAX", "1"); // As in the unit and in "make run".
        }
        return builder.start();
    }
}
