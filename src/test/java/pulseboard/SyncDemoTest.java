package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** File sync as people see it first: real processes with real folders. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SyncDemoTest {

    private static final Map<String, String> UTF8 = Map.of("LC_ALL", "C.UTF-8");

    @TempDir
    private Path folder;

    @Test
    void everyStepOfTheDemoWorksAndItsFolderIsGoneWhenItEnds() throws Exception {
        Map<String, String> environment = new HashMap<>(UTF8);
        environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
        try (Program demo = Program.start(environment, "sync", "demo", "--check")) {
            Program.End end = demo.awaitEnd();
            List<String> steps = end.out().stream()
                    .filter(line -> line.matches("(yes|NO) .*"))
                    .toList();
            assertEquals(0, end.code(), end::toString);
            assertEquals(5, steps.size(), end::toString);
            assertTrue(steps.stream().allMatch(line -> line.startsWith("yes")), end::toString);
            assertTrue(end.out().stream().anyMatch(line -> line.contains(folder.toString())), end::toString);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    left.filter(each -> each.getFileName().toString().startsWith("pulseboard"))
                            .toList());
        }
    }

    @Test
    void nothingOfTheDemoStaysWhenItIsKilled() throws Exception {
        try (Program demo = Program.start(UTF8, "sync", "demo", "--quiet", "--folder", folder.toString())) {
            Until.isTrue("it is there", () -> processes().size() >= 5);
            Until.isTrue("they have joined", () -> Files.exists(folder.resolve("agents/machine3/agent.json")));
            demo.signal("KILL");
            Until.isTrue("all of it is gone", () -> processes().isEmpty());
        }
    }

    /** The monitor, its worker and the agents. */
    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(each -> !each.equals(ProcessHandle.current()))
                .map(SyncDemoTest::commandLine)
                .filter(line -> line.contains(folder.toString()) && line.contains("pulseboard.Main"))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (java.io.IOException e) {
            return ""; // It has ended.
        }
    }

    @Test
    void agentRefusesToReadNamesAsQuestionMarks() throws Exception {
        try (Program agent = Program.start(Map.of("LC_ALL", "C"), "sync", "agent", "--state", folder.toString())) {
            Program.End end = agent.awaitEnd();
            assertEquals(2, end.code(), end::toString);
            assertTrue(String.join("", end.errors()).contains("set LC_ALL=C.UTF-8"), end::toString);
        }
    }

    @Test
    void agentThatHasNotJoinedSaysHow() throws Exception {
        try (Program agent = Program.start(UTF8, "sync", "agent", "--state", folder.toString())) {
            Program.End end = agent.awaitEnd();
            assertEquals(2, end.code(), end::toString);
            assertTrue(String.join("", end.errors()).contains("pulseboard sync invite"), end::toString);
        }
    }

    @Test
    void packagedAgentHasTheCompilerThatMakesHashingFast() throws Exception {
        for (String each : new String[] {"pulseboard.sh", "self-contained-launcher.sh"}) {
            String script = Files.readString(Path.of("src/main/packaging", each))
                    .replace("/usr/bin/java", "echo")
                    .replace("exec \"$here/runtime/bin/java\"", "exec echo");
            Path made = Files.writeString(folder.resolve(each), script);
            String agent = said(made, "sync", "agent");
            assertTrue(agent.contains("TieredStopAtLevel=4"), each);
            for (String flag : Worker.engineFlags()) {
                boolean isOfCompiler = flag.contains("Tier4") || flag.contains("CompileThreshold");
                assertTrue(!isOfCompiler || agent.contains(flag), each + " without " + flag + ": " + agent);
            }
            assertFalse(said(made, "work", "--child").contains("TieredStopAtLevel=4"), each);
        }
    }

    private static String said(Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
