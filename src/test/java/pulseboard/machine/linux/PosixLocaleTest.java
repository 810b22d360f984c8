package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names that are not ASCII where the locale is POSIX: cron, many containers, a service without LANG. */
@EnabledOnOs(OS.LINUX)
@Tag("system")
class PosixLocaleTest {

    @TempDir
    private Path folder;

    @Test
    void namesOfInterfacesDisksGroupsAndMountsMayBeAnyBytes() throws Exception {
        write("proc/net/dev", " büro0: 1000 10 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n  eth0: 5 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
        write("sys/class/net/büro0/speed", "1000");
        write("sys/class/net/büro0/operstate", "down");
        write("proc/diskstats", "8 0 sdä 1 0 8 1 0 0 0 0 0 1 1\n8 16 sdb 1 0 8 1 0 0 0 0 0 1 1");
        write("sys/block/sdä/size", "8");
        write("sys/block/sdb/size", "8");
        write("proc/self/cgroup", "0::/gruppe-ä");
        write("sys/fs/cgroup/cgroup.controllers", "memory");
        write("sys/fs/cgroup/gruppe-ä/memory.max", "4096");
        write("größe/file", "");
        assertEquals(
                List.of(
                        "[büro0, eth0]",
                        "{büro0=Link[up=false, speedBitsPerSecond=1000000000], eth0=Link[up=true, speedBitsPerSecond=0]}",
                        "[sdb, sdä]",
                        "4096",
                        "true"),
                readings());
    }

    private void write(String path, String text) throws IOException {
        Path file = KernelPath.resolve(folder, path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text + "\n");
    }

    private List<String> readings() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), PosixReadings.class.getName(), folder.toString());
        builder.environment().put("LC_ALL", "POSIX");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return text.lines().toList();
    }
}
