package pulseboard.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installing below a folder that stands for a machine. */
class InstallerTest {

    private static final Path JAVA = Path.of("/usr/lib/jvm/some/bin/java");

    @TempDir
    private Path folder;

    private Path root;
    private Path jar;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Installer installer;

    @BeforeEach
    void makeMachine() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        jar = Files.writeString(folder.resolve("any name.jar"), "jar 1");
        put("etc/hostname", "here");
        put("usr/local/bin/other", "somebody else's");
        installer = new Installer(new ImageRoot(root), new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private Release release() {
        return new Release(jar, Optional.empty(), JAVA);
    }

    private Release withRuntime() throws IOException {
        Path runtime = folder.resolve("runtime");
        Path java = Files.writeString(
                Files.createDirectories(runtime.resolve("bin")).resolve("java"), "java");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(Files.createDirectories(runtime.resolve("lib")).resolve("modules"), "modules");
        return new Release(jar, Optional.of(runtime), JAVA);
    }

    private void put(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String read(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    /** Every path with its permissions and, of a file, its text. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.toList()) {
                String mode =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
                String text = Files.isRegularFile(path) ? " " + Files.readString(path) : "";
                all.put("/" + root.relativize(path), mode + text);
            }
        }
        return all;
    }

    private void uninstall(boolean purge) throws IOException {
        installer.removeUnits();
        if (purge) {
            installer.purge();
        }
        installer.removeProgram();
    }

    @Test
    void everyFileIsWhereItBelongsWithItsMode() throws IOException {
        installer.write(release());
        Map<String, String> modes = new TreeMap<>();
        tree().forEach((path, text) -> modes.put(path, text.substring(0, 9)));
        modes.keySet().removeAll(List.of("/etc/hostname", "/usr/local/bin/other"));
        modes.keySet().removeIf(path -> Files.isDirectory(root.resolve(path.substring(1))));
        Map<String, String> expected = new TreeMap<>(Map.of(
                "/opt/pulseboard/pulseboard.jar", "rw-r--r--",
                "/opt/pulseboard/jvm.options", "rw-r--r--",
                "/opt/pulseboard/archive-classes.sh", "rwxr-xr-x",
                "/opt/pulseboard/pulseboard.yaml", "rw-r--r--",
                "/opt/pulseboard/installed.txt", "rw-r--r--",
                "/usr/local/bin/pulseboard", "rwxr-xr-x",
                "/usr/local/share/man/man1/pulseboard.1", "rw-r--r--",
                "/etc/systemd/system/pulseboard.service", "rw-r--r--",
                "/etc/pulseboard/pulseboard.yaml", "rw-r-----"));
        expected.put("/etc/default/pulseboard", "rw-------");
        expected.put("/etc/systemd/system/pulseboard-work.service", "rw-r--r--");
        expected.put("/etc/systemd/system/pulseboard-agent.service", "rw-r--r--");
        assertEquals(expected, modes);
        assertEquals("jar 1", read("opt/pulseboard/pulseboard.jar"));
        assertEquals("rwxr-xr-x", tree().get("/opt/pulseboard"));
    }

    @Test
    void whatIsWrittenNamesItsOwnPathsAndItsOwnJava() throws IOException {
        installer.write(release());
        String unit = read("etc/systemd/system/pulseboard.service");
        String launcher = read("usr/local/bin/pulseboard");
        assertTrue(unit.contains("ExecStart=" + JAVA + " @/opt/pulseboard/jvm.options "), unit);
        assertTrue(launcher.contains("exec " + JAVA + " @/opt/pulseboard/jvm.options "), launcher);
        assertFalse((unit + launcher).contains("/usr/share/pulseboard"), unit + launcher);
        assertFalse((unit + launcher).contains("/usr/bin/java"), unit + launcher);
    }

    @Test
    void runtimeThatComesWithTheJarIsInstalledAndUsed() throws IOException {
        installer.write(withRuntime());
        assertEquals("rwxr-xr-x java", tree().get("/opt/pulseboard/runtime/bin/java"));
        assertEquals("rw-r--r-- modules", tree().get("/opt/pulseboard/runtime/lib/modules"));
        String unit = read("etc/systemd/system/pulseboard.service");
        assertTrue(unit.contains("ExecStart=/opt/pulseboard/runtime/bin/java @"), unit);
    }

    @Test
    void purgeLeavesExactlyWhatWasThereBefore() throws IOException {
        Map<String, String> before = tree();
        installer.write(withRuntime());
        put("var/lib/pulseboard/state", "state");
        put("var/log/pulseboard/pulseboard.log", "log");
        put("var/lib/pulseboard-work/state", "state");
        put("var/cache/pulseboard/pulseboard.jsa", "classes");
        put("var/cache/pulseboard-work/jna", "native");
        put("etc/default/pulseboard", "JAVA_OPTIONS=-Xmx256m");
        uninstall(true);
        // The machine had these; here they came with what is put there by systemd.
        Files.delete(root.resolve("var/lib"));
        Files.delete(root.resolve("var/log"));
        Files.delete(root.resolve("var/cache"));
        Files.delete(root.resolve("var"));
        assertEquals(before, tree());
    }

    @Test
    void withoutPurgeSettingsLogsAndStateStay() throws IOException {
        installer.write(release());
        put("var/lib/pulseboard/state", "state");
        put("var/log/pulseboard/pulseboard.log", "log");
        put("var/cache/pulseboard/pulseboard.jsa", "classes");
        put("etc/pulseboard/pulseboard.yaml", "web: {port: 9000}\n");
        uninstall(false);
        assertEquals("web: {port: 9000}\n", read("etc/pulseboard/pulseboard.yaml"));
        assertEquals("state", read("var/lib/pulseboard/state"));
        assertEquals("log", read("var/log/pulseboard/pulseboard.log"));
        assertFalse(Files.exists(root.resolve("var/cache/pulseboard")));
        assertFalse(Files.exists(root.resolve("opt")));
        assertFalse(Files.exists(root.resolve("etc/systemd")));
    }

    @Test
    void filesOfOthersInItsFoldersStay() throws IOException {
        installer.write(release());
        put("opt/pulseboard/notes", "mine");
        put("etc/pulseboard/notes", "mine too");
        uninstall(true);
        assertEquals("mine", read("opt/pulseboard/notes"));
        assertEquals("mine too", read("etc/pulseboard/notes"));
    }

    @Test
    void changedSettingsAreKeptByAnUpgrade() throws IOException {
        installer.write(release());
        put("etc/pulseboard/pulseboard.yaml", "web: {port: 9000}\n");
        Files.writeString(jar, "jar 2");
        installer.write(release());
        assertEquals("web: {port: 9000}\n", read("etc/pulseboard/pulseboard.yaml"));
        assertEquals("jar 2", read("opt/pulseboard/pulseboard.jar"));
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("kept " + root + "/etc/pulseboard/pulseboard.yaml"));
    }

    @Test
    void settingsThatNobodyChangedFollowTheRelease() throws IOException {
        installer.write(release());
        String delivered = read("etc/pulseboard/pulseboard.yaml");
        put("opt/pulseboard/pulseboard.yaml", "# older\n");
        put("etc/pulseboard/pulseboard.yaml", "# older\n");
        installer.write(release());
        assertEquals(delivered, read("etc/pulseboard/pulseboard.yaml"));
    }

    @Test
    void upgradeRemovesWhatOnlyTheOlderReleaseHad() throws IOException {
        installer.write(withRuntime());
        installer.write(release());
        assertFalse(Files.exists(root.resolve("opt/pulseboard/runtime")));
        assertFalse(read("opt/pulseboard/installed.txt").contains("runtime"));
    }

    @Test
    void upgradeStillKnowsWhichFoldersItMade() throws IOException {
        Map<String, String> before = tree();
        installer.write(release());
        installer.write(release());
        uninstall(true);
        assertEquals(before, tree());
    }

    @Test
    void linkInThePlaceOfTheUnitIsReplacedNotFollowed() throws IOException {
        Path unit = root.resolve("etc/systemd/system/pulseboard.service");
        Files.createDirectories(unit.getParent());
        Files.createSymbolicLink(unit, root.resolve("etc/hostname"));
        installer.write(release());
        assertEquals("here", read("etc/hostname"));
        assertTrue(Files.isRegularFile(unit, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void linksOfAnImageLeadNowhereOutOfIt() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("opt"), outside); // Absolute: in the image it means another folder.
        Files.createDirectories(root.resolve("var"));
        Files.createSymbolicLink(root.resolve("etc/default"), Path.of("../../../outside"));
        Files.createSymbolicLink(root.resolve("etc/pulseboard"), Path.of("../var"));
        Files.createDirectories(Path.of(root.toString(), outside.toString()));
        Files.createDirectories(root.resolve("outside"));
        installer.write(release());
        try (Stream<Path> written = Files.list(outside)) {
            assertEquals(List.of(), written.toList());
        }
        assertEquals(
                "jar 1", Files.readString(Path.of(root.toString(), outside.toString(), "pulseboard/pulseboard.jar")));
        assertTrue(Files.exists(root.resolve("outside/pulseboard")), "the root has no folder above it");
        assertTrue(Files.exists(root.resolve("var/pulseboard.yaml")));
        installer.write(release());
        uninstall(true);
        assertFalse(Files.exists(root.resolve("var/pulseboard.yaml")));
    }

    @Test
    void linkToItselfIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("opt"), Path.of("opt"));
        Refusal refusal = assertThrows(Refusal.class, () -> installer.write(release()));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("--root: too many links"), refusal.getMessage());
    }

    @Test
    void linksInAFolderThatIsRemovedAreNotFollowed() throws IOException {
        Path others = Files.createDirectories(folder.resolve("others"));
        Files.writeString(others.resolve("file"), "theirs");
        put("var/lib/pulseboard/a/b/file", "state");
        Files.createSymbolicLink(root.resolve("var/lib/pulseboard/a/link"), others);
        Files.createSymbolicLink(root.resolve("var/lib/pulseboard/dangling"), Path.of("nowhere"));
        assertTrue(new ImageRoot(root).removeTree(Path.of("/var/lib/pulseboard")));
        assertFalse(Files.exists(root.resolve("var/lib/pulseboard")));
        assertEquals("theirs", Files.readString(others.resolve("file")));
        Files.createSymbolicLink(root.resolve("var/lib/pulseboard"), others);
        assertTrue(new ImageRoot(root).removeTree(Path.of("/var/lib/pulseboard")));
        assertEquals("theirs", Files.readString(others.resolve("file")));
        assertFalse(new ImageRoot(root).removeTree(Path.of("/var/lib/pulseboard")));
    }

    /** Its owner may have a program running, which puts a link in the place of a folder that is being emptied. */
    @Test
    void folderThatBecomesALinkWhileItIsRemovedLeadsNowhere() throws Exception {
        Path others = Files.createDirectories(folder.resolve("others"));
        boolean swapped = false;
        for (int attempt = 0; attempt < 50 && !swapped; attempt++) { // The other thread may be too late.
            Path inner = root.resolve("var/lib/pulseboard/inner");
            Path aside = folder.resolve("aside" + attempt);
            for (int file = 0; file < 2000; file++) {
                put("var/lib/pulseboard/inner/" + file, "state");
                Files.writeString(others.resolve(Integer.toString(file)), "theirs");
            }
            Files.setLastModifiedTime(inner, FileTime.fromMillis(0));
            FutureTask<Boolean> swap = new FutureTask<>(() -> swapOnceItChanges(inner, aside, others));
            Thread owner = new Thread(swap, "owner");
            owner.start();
            try {
                new ImageRoot(root).removeTree(Path.of("/var/lib/pulseboard"));
            } catch (IOException itIsNoFolderAnyMore) {
                // As it should be.
            }
            swapped = swap.get();
            try (Stream<Path> theirs = Files.list(others)) {
                assertEquals(2000, theirs.count());
            }
        }
        assertTrue(swapped);
    }

    private static boolean swapOnceItChanges(Path folder, Path aside, Path others) throws IOException {
        try {
            while (Files.getLastModifiedTime(folder).toMillis() == 0) {
                Thread.onSpinWait();
            }
            Files.move(folder, aside);
            Files.createSymbolicLink(folder, others);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    @Test
    void besideTheDebianPackageNothingIsWritten() throws IOException {
        put("usr/share/pulseboard/pulseboard.jar", "packaged");
        Map<String, String> before = tree();
        Refusal refusal = assertThrows(Refusal.class, () -> installer.write(release()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("apt purge pulseboard"), refusal.getMessage());
        assertEquals(before, tree());
        assertThrows(Refusal.class, () -> Uninstall.check(new ImageRoot(root), true));
    }

    @Test
    void whileTheRemovedDebianPackageStillOwnsTheSettingsNothingIsWritten() throws IOException {
        put("var/lib/dpkg/info/pulseboard.list", "/etc/pulseboard/pulseboard.yaml\n");
        Map<String, String> before = tree();
        Refusal refusal = assertThrows(Refusal.class, () -> installer.write(release()));
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .endsWith(
                                "copy /etc/pulseboard/pulseboard.yaml if you want to keep it, then: apt purge pulseboard"),
                refusal.getMessage());
        assertEquals(before, tree());
    }

    @Test
    void archiveIsMadeBeforeTheRestartAsTheUnitMakesIt() throws IOException {
        installer.write(release());
        List<String> command = Plan.archiveClasses(release());
        String asTheUser = String.join(" ", command.subList(command.indexOf("--") + 1, command.size()));
        String unit = read("etc/systemd/system/pulseboard.service");
        assertTrue(unit.contains("ExecStartPre=-" + asTheUser + "\n"), asTheUser + " is not in " + unit);
    }

    @Test
    void onlyWhatIsPulseboardsIsToldAndWithItsFolder() throws IOException {
        installer.write(release());
        uninstall(true);
        for (String line : said.toString(StandardCharsets.UTF_8).lines().toList()) {
            assertTrue(line.matches("(wrote|removed) " + root + "/.*pulseboard.*"), line);
        }
    }

    @Test
    void whatIsNotInstalledCannotBeUninstalled() throws IOException {
        assertThrows(Refusal.class, () -> Uninstall.check(new ImageRoot(root), false));
        assertThrows(Refusal.class, () -> Uninstall.check(new ImageRoot(root), true));
        installer.write(release());
        Uninstall.check(new ImageRoot(root), false);
        uninstall(false);
        // The settings are still there, so there is something to purge.
        Uninstall.check(new ImageRoot(root), true);
    }
}
