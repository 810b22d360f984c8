package pulseboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM to measure on, with the flags that the program ships with and a class-data archive, which fits this JVM only.
 *
 * @param version such as 17.0.15
 */
record Jvm(String version, Path java, Path archive) {

    private static final String PACKAGING = "src/main/packaging/";
    private static final String OPTIONS = PACKAGING + "jvm.options";
    private static final String JAR = "target/pulseboard.jar";

    /** The one that this runs on, and the newest of this machine when that is newer than 17 and another one. */
    static List<Jvm> all() throws IOException, InterruptedException {
        Path here = Path.of(System.getProperty("java.home")).toRealPath();
        List<Jvm> all = new ArrayList<>(List.of(at(here)));
        String newer = new String(script("newer-java.sh").getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (newer.isBlank() || Path.of(newer.strip()).toRealPath().equals(here)) {
            System.out.println("There is no newer JDK beside this one: all is measured on one only.");
        } else {
            all.add(at(Path.of(newer.strip())));
        }
        return all;
    }

    private static Jvm at(Path home) throws IOException, InterruptedException {
        String version = Files.readAllLines(home.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", ""))
                .findFirst()
                .orElseThrow();
        Path archive = Path.of("target", "bench", "java-" + version + ".jsa");
        Files.createDirectories(archive.getParent());
        Path java = home.resolve("bin/java");
        script("archive-classes.sh", JAR, OPTIONS, archive.toString(), java.toString())
                .waitFor();
        if (Files.size(archive) == 0) {
            throw new IOException("Java " + version + " made no class-data archive");
        }
        return new Jvm(version, java, archive);
    }

    private static Process script(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PACKAGING + name));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Starts the program as "make run" does. */
    Process startArchived() throws IOException {
        return start(List.of("-XX:SharedArchiveFile=" + archive, "-jar", JAR, "--port", "0"));
    }

    /** The same of another jar, such as that of the build before, with an archive of its own. */
    Process startOther(Path jar) throws IOException, InterruptedException {
        Path own = Path.of("target", "bench", "other-" + version + ".jsa");
        script("archive-classes.sh", jar.toString(), OPTIONS, own.toString(), java.toString())
                .waitFor();
        return start(List.of("-XX:SharedArchiveFile=" + own, "-jar", jar.toString(), "--port", "0"));
    }

    /** Starts the program with what the JVM itself has archived, and no more. */
    Process startPlain() throws IOException {
        return start(List.of("-jar", JAR, "--port", "0"));
    }

    /** Starts a class of this class path. */
    Process startClass(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "@" + OPTIONS));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // A history of its own: two programs cannot keep one, and that of whoever measures is left alone.
        Path state = Files.createTempDirectory(Path.of("target", "bench").toAbsolutePath(), "state");
        builder.environment().put("XDG_STATE_HOME", state.toString());
        return builder.start();
    }
}
