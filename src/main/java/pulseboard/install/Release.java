package pulseboard.install;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program that is to be installed.
 *
 * @param jar all of it in one file
 * @param runtime the Java runtime that came with it, if one did
 * @param java the command of the Java runtime that the machine has, for when none came with it
 */
record Release(Path jar, Optional<Path> runtime, Path java) {

    private static final Path DEFAULT_JAVA = Path.of("/usr/bin/java");

    /** The one that runs; nothing when its classes are not in a jar. */
    static Optional<Release> running() throws IOException {
        Path code;
        try {
            code = Path.of(Release.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        return Files.isRegularFile(code)
                ? Optional.of(of(code, Path.of(System.getProperty("java.home")), DEFAULT_JAVA))
                : Optional.empty();
    }

    /** A jar run by a Java runtime. The machine's default command is preferred where it is the same: it survives upgrades. */
    static Release of(Path jar, Path home, Path defaultJava) throws IOException {
        Path beside = jar.resolveSibling("runtime");
        if (Files.isDirectory(beside) && Files.isSameFile(beside, home)) {
            return new Release(jar, Optional.of(beside), defaultJava);
        }
        Path java = home.resolve("bin/java");
        boolean isDefault = Files.exists(defaultJava) && Files.isSameFile(java, defaultJava);
        return new Release(jar, Optional.empty(), isDefault ? defaultJava : java);
    }
}
