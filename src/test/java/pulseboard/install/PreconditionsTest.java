package pulseboard.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out about the machine and about the program that is to be installed. */
class PreconditionsTest {

    @TempDir
    private Path folder;

    @Test
    void noCommandIsAShellOrHoldsWhatOneReads() throws IOException {
        List<List<String>> commands = new ArrayList<>(List.of(
                Plan.GIVE_SETTINGS,
                Plan.RELOAD,
                Plan.ENABLE,
                Plan.RESTART,
                Plan.RESTART_MORE,
                Plan.stop(Plan.units()),
                Plan.IS_ACTIVE));
        for (String user : Plan.USERS.keySet()) {
            commands.addAll(List.of(Plan.askUser(user), Plan.addUser(user), Plan.removeUser(user)));
        }
        commands.add(Plan.archiveClasses(new Release(Path.of("/a jar;"), Optional.empty(), Path.of("/usr/bin/java"))));
        for (List<String> command : commands) {
            for (String word : command) {
                assertFalse(word.matches("(.*/)?(ba|da|z|k)?sh|-c|eval|.*[;&|`$<>\n].*"), command::toString);
            }
        }
    }

    @Test
    void onlyRootOnLinuxWithSystemdMayInstall() {
        new Preconditions(true, true, true).check("install");
        assertTrue(refusal(new Preconditions(true, true, false)).contains("sudo pulseboard install"));
        assertTrue(refusal(new Preconditions(true, false, true)).contains("needs Linux with systemd"));
        assertTrue(refusal(new Preconditions(false, false, false)).contains("needs Linux with systemd"));
    }

    private static String refusal(Preconditions machine) {
        return assertThrows(Refusal.class, () -> machine.check("install")).toString();
    }

    @Test
    void thisProcessIsRootsWhenItsUserIsRoot() throws IOException {
        assertEquals(
                System.getProperty("user.name").equals("root"),
                Preconditions.local().administrator());
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    @Test
    void runtimeBesideTheJarIsTakenOnlyWhenItIsTheOneThatRuns() throws IOException {
        Path jar = file("tar/pulseboard.jar");
        file("tar/runtime/bin/java");
        Path other = file("jvm/bin/java");
        assertEquals(
                Optional.of(folder.resolve("tar/runtime")),
                Release.of(jar, folder.resolve("tar/runtime"), other).runtime());
        assertEquals(
                Optional.empty(), Release.of(jar, folder.resolve("jvm"), other).runtime());
    }

    @Test
    void defaultJavaIsPreferredWhereItIsTheOneThatRuns() throws IOException {
        Path jar = file("pulseboard.jar");
        Path java = file("jvm/bin/java");
        Path link = Files.createSymbolicLink(folder.resolve("java"), java);
        Path none = folder.resolve("none");
        Path another = file("another/bin/java");
        assertEquals(link, Release.of(jar, folder.resolve("jvm"), link).java());
        assertEquals(java, Release.of(jar, folder.resolve("jvm"), none).java());
        assertEquals(java, Release.of(jar, folder.resolve("jvm"), another).java());
    }

    @Test
    void addressIsWhatTheServiceSaid() {
        String journal = "12:00:00.000 INFO  a - b\nPulseboard 0.1.0-SNAPSHOT is at http://127.0.0.1:8080/\nmore";
        assertEquals(Optional.of("http://127.0.0.1:8080/"), StartupWait.address(journal));
        assertEquals(
                Optional.of("https://127.0.0.1:8080/"),
                StartupWait.address(journal.replace("is at http:", "is at https:")));
        assertEquals(Optional.empty(), StartupWait.address("web.port: 127.0.0.1:8080 is in use"));
    }

    @Test
    void reasonIsWhatTheProgramComplainedOfLast() {
        String journal = "Started\npulseboard: older\npulseboard: web.port: in use\nMain process exited";
        assertEquals(Optional.of("pulseboard: web.port: in use"), StartupWait.complaint(journal));
        assertEquals(Optional.empty(), StartupWait.complaint("Started"));
    }

    @Test
    void commandIsShownAsAShellWouldTakeIt() {
        assertTrue(Commands.text(Plan.addUser(Plan.USER))
                .endsWith(" --comment 'Pulseboard, live server monitor' pulseboard"));
    }

    @Test
    void serviceThatIsStartedAnewHasFailed() {
        assertEquals(false, StartupWait.hasFailed("ActiveState=activating\nSubState=start-pre\nNRestarts=0"));
        assertEquals(false, StartupWait.hasFailed("ActiveState=active\nSubState=running\nNRestarts=0"));
        assertTrue(StartupWait.hasFailed("ActiveState=failed\nSubState=failed\nNRestarts=0"));
        assertTrue(StartupWait.hasFailed("ActiveState=activating\nSubState=auto-restart\nNRestarts=0"));
        assertTrue(StartupWait.hasFailed("ActiveState=active\nSubState=running\nNRestarts=1"));
    }

    @Test
    void failedCommandTellsItsReason() {
        IOException failure =
                assertThrows(IOException.class, () -> Commands.require(List.of("cat", "/no such file"), System.out));
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("cat '/no such file' ended with 1: cat: '/no such file'"),
                failure.getMessage());
    }
}
