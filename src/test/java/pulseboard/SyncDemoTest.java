package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** File sync as people see it first: real processes with real folders. */
@Tag("long")
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SyncDemoTest {

    private static final Map<String, String> UTF8 = Map.of("LC_ALL", "C.UTF-8");

    @TempDir
    private Path folder;

    @Test
    void everyStepOfTheDemoWorks() throws Exception {
        try (Program demo = Program.start(UTF8, "sync", "demo", "--check", "--folder", folder.toString())) {
            Program.End end = demo.awaitEnd();
            List<String> steps = end.out().stream()
                    .filter(line -> line.matches("(yes|NO) .*"))
                    .toList();
            assertEquals(0, end.code(), end::toString);
            assertEquals(5, steps.size(), end::toString);
            assertTrue(steps.stream().allMatch(line -> line.startsWith("yes")), end::toString);
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
