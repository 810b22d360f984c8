package pulseboard.install;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an installation consists of: files, folders and commands. Does nothing itself. */
final class Plan {

    static final Path PROGRAM = Path.of("/opt/pulseboard");
    static final Path JAR = PROGRAM.resolve("pulseboard.jar");
    static final Path UNITS_FOLDER = Path.of("/etc/systemd/system");
    static final String UNIT = "pulseboard.service";

    /** Jobs and the agent, for those who enable them. */
    static final List<String> MORE_UNITS = List.of("pulseboard-work.service", "pulseboard-agent.service");

    static final Path SETTINGS = Path.of("/etc/pulseboard/pulseboard.yaml");

    /** Variables for the service; the user's once they are there. */
    static final Path VARIABLES = Path.of("/etc/default/pulseboard");

    /** What stays unless it is purged. */
    static final List<Path> OF_THE_USER = List.of(SETTINGS, VARIABLES);

    /** The settings as they were delivered: whether somebody has changed theirs is seen by comparing. */
    static final Path DELIVERED_SETTINGS = PROGRAM.resolve("pulseboard.yaml");

    /** The paths of all that an installation has written, one a line. */
    static final Path LIST = PROGRAM.resolve("installed.txt");

    /** Made by systemd for the unit; can be made anew at any time. */
    static final Path CACHE = Path.of("/var/cache/pulseboard");

    static final Path WORK_CACHE = Path.of("/var/cache/pulseboard-work");

    /** Made by systemd for the units; of worth to somebody. */
    static final List<Path> KEPT_FOLDERS = List.of(
            Path.of("/var/lib/pulseboard"), Path.of("/var/lib/pulseboard-work"), Path.of("/var/log/pulseboard"));

    /** What the Debian package puts there and this does not. */
    static final Path OTHER_JAR = Path.of("/usr/share/pulseboard/pulseboard.jar");

    /** What dpkg keeps of a package that was removed but not purged: to dpkg the settings are still its own. */
    static final Path OTHER_REST = Path.of("/var/lib/dpkg/info/pulseboard.list");

    static final String USER = "pulseboard";

    /** Whose jobs are: another user than what shows them. */
    static final String WORK_USER = "pulseboard-work";

    /** Both, with what each is called for people. */
    static final Map<String, String> USERS =
            new TreeMap<>(Map.of(USER, "Pulseboard, live server monitor", WORK_USER, "Pulseboard, jobs"));

    static final List<String> RELOAD = List.of("systemctl", "daemon-reload");
    static final List<String> ENABLE = List.of("systemctl", "--quiet", "enable", UNIT);
    static final List<String> RESTART = List.of("systemctl", "restart", UNIT);

    /** Those of them that run. */
    static final List<String> RESTART_MORE = command(List.of("systemctl", "try-restart"), MORE_UNITS);

    static final List<String> IS_ACTIVE = List.of("systemctl", "--quiet", "is-active", UNIT);

    private static final String READABLE = "rw-r--r--";
    private static final String RUNNABLE = "rwxr-xr-x";

    /** What may hold secrets: the service's group gets it, see {@link #GIVE_SETTINGS}; systemd reads variables as root. */
    private static final String CLOSED = "rw-r-----";

    private static final String ROOT_ONLY = "rw-------";

    /** Once its user is there. */
    static final List<String> GIVE_SETTINGS = List.of("chgrp", USER, SETTINGS.toString());

    private Plan() {}

    private static List<String> command(List<String> words, List<String> more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** The files of all units. */
    static List<Path> units() {
        return command(List.of(UNIT), MORE_UNITS).stream()
                .map(UNITS_FOLDER::resolve)
                .toList();
    }

    static List<String> stop(List<Path> units) {
        return command(
                List.of("systemctl", "--quiet", "disable", "--now"),
                units.stream().map(unit -> unit.getFileName().toString()).toList());
    }

    static List<String> askUser(String user) {
        return List.of("getent", "passwd", user);
    }

    static List<String> addUser(String user) {
        return List.of(
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir",
                "/var/lib/" + user,
                "--shell",
                "/usr/sbin/nologin",
                "--comment",
                USERS.get(user),
                user);
    }

    static List<String> removeUser(String user) {
        return List.of("userdel", user);
    }

    /** All files but the settings, in the order in which they are written. */
    static List<FileEntry> entries(Release release) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        if (release.runtime().isPresent()) {
            addTree(entries, PROGRAM.resolve("runtime"), release.runtime().get());
        }
        entries.add(FileEntry.copy(JAR, READABLE, release.jar()));
        entries.add(FileEntry.text(PROGRAM.resolve("jvm.options"), READABLE, text("jvm.options")));
        entries.add(FileEntry.text(PROGRAM.resolve("archive-classes.sh"), RUNNABLE, text("archive-classes.sh")));
        entries.add(FileEntry.text(DELIVERED_SETTINGS, READABLE, text("pulseboard.yaml")));
        entries.add(FileEntry.text(
                Path.of("/usr/local/share/man/man1/pulseboard.1"), READABLE, placed("pulseboard.1", release)));
        entries.add(FileEntry.text(Path.of("/usr/local/bin/pulseboard"), RUNNABLE, placed("pulseboard.sh", release)));
        for (Path unit : units()) {
            entries.add(FileEntry.text(unit, READABLE, placed(unit.getFileName().toString(), release)));
        }
        return entries;
    }

    /** The settings, where there are none yet or nobody has changed them. */
    static FileEntry settings() throws IOException {
        return FileEntry.text(SETTINGS, CLOSED, text("pulseboard.yaml"));
    }

    /** A place for variables that nobody else can read, where there is none yet. */
    static FileEntry variables() {
        return FileEntry.text(
                VARIABLES,
                ROOT_ONLY,
                "# Variables of the service, one NAME=value a line: JAVA_OPTIONS, and settings such as PULSEBOARD_WEB_PORT.\n");
    }

    /** What the unit does before it starts the program, as its user; done while an older one serves, the pause is shorter. */
    static List<String> archiveClasses(Release release) {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                "--"));
        command.addAll(List.of(
                "/usr/bin/timeout",
                "-k",
                "2",
                "60",
                PROGRAM.resolve("archive-classes.sh").toString(),
                JAR.toString(),
                PROGRAM.resolve("jvm.options").toString(),
                CACHE.resolve("pulseboard.jsa").toString(),
                java(release)));
        return command;
    }

    private static String java(Release release) {
        return (release.runtime().isPresent() ? PROGRAM.resolve("runtime/bin/java") : release.java()).toString();
    }

    private static void addTree(List<FileEntry> entries, Path target, Path source) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(source)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String mode = Files.isExecutable(file) ? RUNNABLE : READABLE;
            entries.add(FileEntry.copy(target.resolve(source.relativize(file).toString()), mode, file));
        }
    }

    /** A file of the Debian package with the paths of this installation. */
    private static String placed(String name, Release release) throws IOException {
        return text(name)
                .replace("/usr/share/pulseboard", PROGRAM.toString())
                .replace("/usr/lib/systemd/system", "/etc/systemd/system")
                .replace("/usr/bin/java", java(release));
    }

    private static String text(String name) throws IOException {
        try (InputStream stream = Plan.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new FileNotFoundException(name + " is not in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
