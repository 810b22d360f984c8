package pulseboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.S3Server;

/** The memory of an engine does not grow with the number of files that it plans. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3MemoryTest {

    private static final int IN_A_FOLDER = 1_000;
    private static final int FEW = 30_000;
    private static final int MANY = 300_000;
    private static final int MILLION = 1_000_000;
    private static final long MOST_KIBIBYTES = 160 * 1_024;

    /** What is compiled, and what the heap has not given back yet. */
    private static final long NOISE_KIBIBYTES = 24 * 1_024;

    @TempDir
    private Path folder;

    private int made;

    private void files(int count) throws IOException {
        for (; made < count; made++) {
            Path parent = folder.resolve("source/d" + made / IN_A_FOLDER);
            if (made % IN_A_FOLDER == 0) {
                Files.createDirectories(parent);
            }
            Path unused = Files.createFile(parent.resolve("f" + made));
        }
    }

    /** The most that it ever had, in KiB. */
    private long peak(S3Server server, int count) throws Exception {
        files(count);
        Map<String, String> environment = Map.of(
                "LC_ALL",
                "C.UTF-8",
                "JAVA_TOOL_OPTIONS",
                "-XX:+UseSerialGC",
                "AWS_ACCESS_KEY_ID",
                S3Server.KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET,
                "PULSEBOARD_S3_FOLDER",
                folder.resolve("runs").toString());
        String[] command = {
            "s3",
            "run",
            "--source",
            folder.resolve("source").toString(),
            "--bucket",
            "memory",
            "--endpoint",
            server.address(),
            "--dry-run",
            "--display",
            "none"
        };
        long peak = 0;
        try (Program engine = Program.startAfter("exec >/dev/null", environment, command)) {
            Path status = engine.proc().resolve("status");
            for (long now = most(status); now > 0; now = most(status)) {
                peak = now;
                Thread.sleep(20);
            }
            String said = String.join("\n", engine.awaitEnd().errors());
            assertTrue(said.contains("0 failed") && !said.contains("failed:"), said);
        }
        return peak;
    }

    /** 0: it has ended. */
    private static long most(Path status) throws IOException {
        try {
            List<String> lines = Files.readAllLines(status);
            return lines.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** With fewer files it could not be told from what Java itself takes. */
    @Test
    @Tag("long")
    void threeHundredThousandFilesTakeAsMuchAsThirtyThousand() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")))) {
            Path unused = server.bucket("memory");
            long before = peak(server, FEW);
            long after = peak(server, MANY);
            String told = before + " KiB for " + FEW + " files, " + after + " KiB for " + MANY;
            assertTrue(after < MOST_KIBIBYTES && after - before < NOISE_KIBIBYTES, told);
        }
    }

    @Test
    @Tag("soak") // They are made and removed for minutes.
    void aMillionFilesFit() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")))) {
            Path unused = server.bucket("memory");
            long most = peak(server, MILLION);
            assertTrue(most > 0 && most < MOST_KIBIBYTES, most + " KiB");
            System.out.println("pulseboard: a plan of " + MILLION + " files took " + most + " KiB at most");
        }
    }
}
