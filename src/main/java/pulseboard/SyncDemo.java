package pulseboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pulseboard.engine.ChildRun;
import pulseboard.engine.Starter;

/** {@code pulseboard sync demo}: Pulseboard and some real agents with real folders, in one command. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Starts a Pulseboard of its own and agents with folders of their own, and lets some life happen in them:",
            "a large file and a small change in it, a rename, two edits at once, a deletion. Ctrl-C ends all of it."
        })
final class SyncDemo implements Callable<Integer> {

    private static final int LARGE_MEBIBYTES = 64;
    private static final long START_SECONDS = 120;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Keep everything there. Without it, in a temporary folder that is gone when it ends.")
    private @Nullable Path folder;

    @Option(names = "--agents", paramLabel = "N", description = "How many machines (3).")
    private int agents = 3;

    @Option(names = "--port", paramLabel = "PORT", description = "The page listens there; 0 takes any free port (0).")
    private int port;

    @Option(names = "--quiet", description = "Start everything, and let nothing happen.")
    private boolean isQuiet;

    @Option(
            names = "--check",
            description = "Let it happen, say for each step whether it worked, and end: 0 if all did.")
    private boolean isCheck;

    private final List<ProcessHandle> children = new ArrayList<>();
    private volatile boolean isWell = true;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (agents < 2 || agents > 20) {
            throw new UserMistake("sync: --agents is from 2 to 20, not " + agents);
        }
        Path root = folder != null ? folder.toAbsolutePath() : Files.createTempDirectory("pulseboard-sync-demo");
        Files.createDirectories(root);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(root), "end"));
        try {
            return show(root);
        } catch (StartFailure e) {
            isWell = false;
            throw e;
        }
    }

    private int show(Path root) throws IOException, InterruptedException {
        String address = startPulseboard(root);
        for (int number = 1; number <= agents; number++) {
            startAgent(root, number);
        }
        System.out.println("The page is at " + address + "#/boards/sync");
        for (int number = 1; number <= agents; number++) {
            System.out.println("machine" + number + " keeps " + files(root, number));
        }
        if (!isQuiet) {
            live(root);
        }
        if (!isCheck) {
            System.out.println("Drop files into these folders and look at the page. Ctrl-C ends it.");
            children.get(0).onExit().join();
        }
        return isWell ? 0 : 1;
    }

    private static Path files(Path root, int number) {
        return root.resolve("machine" + number);
    }

    /** Ends all; where nobody chose the folder and all was well, there is nothing to look at any more. */
    private void end(Path root) {
        children.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : children) {
            try {
                each.onExit().get(10, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                each.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (folder == null && isWell) {
            DemoFolder.delete(root, "sync");
        } else if (folder == null) {
            System.err.println("pulseboard sync: kept, with all logs: " + root);
        }
    }

    private static Map<String, String> environment(Path state) {
        Map<String, String> all = new TreeMap<>();
        for (String each : List.of("PATH", "HOME", "TZ", "TMPDIR")) {
            String value = System.getenv(each);
            if (value != null) {
                all.put(each, value);
            }
        }
        all.put("LC_ALL", "C.UTF-8");
        all.put("PULSEBOARD_AUTH_FOLDER", state.toString());
        return all;
    }

    /** A Pulseboard on loopback, whose page anyone on this machine may look at. Returns its address. */
    private String startPulseboard(Path root) throws IOException, InterruptedException {
        Path state = root.resolve("pulseboard");
        Files.createDirectories(state);
        Path settings = state.resolve("pulseboard.yaml");
        Files.writeString(
                settings,
                "sync:\n  enabled: true\n  port: 0\n  folder: " + quoted(state.resolve("sync")) + "\nauth:\n  folder: "
                        + quoted(state) + "\n");
        Path log = state.resolve("pulseboard.log");
        Files.deleteIfExists(state.resolve("sync/address.json"));
        start(
                List.of("--no-auth", "--port", Integer.toString(port), "--config", settings.toString()),
                root,
                "pulseboard");
        await(
                "Pulseboard does not start; " + log + " says why",
                () -> Files.exists(state.resolve("sync/address.json"))
                        && Files.readString(log).contains(" is at http"));
        String said = Files.readString(log);
        int from = said.indexOf("http", said.indexOf(" is at "));
        return said.substring(from, said.indexOf('\n', from)).strip();
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private void start(List<String> arguments, Path root, String name) throws IOException {
        Path state = root.resolve(name.equals("pulseboard") ? name : "agents/" + name);
        Files.createDirectories(state);
        List<String> command = new ArrayList<>(name.equals("pulseboard") ? Worker.thisProgram() : Worker.thisEngine());
        command.add(1, Starter.option());
        command.addAll(arguments);
        children.add(new ChildRun(state.resolve(name + ".pid"))
                .start(command, environment(root.resolve("pulseboard")), state.resolve(name + ".log")));
    }

    private void startAgent(Path root, int number) throws IOException {
        String name = "machine" + number;
        Path state = root.resolve("agents/" + name);
        Files.createDirectories(files(root, number));
        List<String> arguments = new ArrayList<>(List.of("sync", "agent", "--state", state.toString()));
        if (!pulseboard.board.sync.agent.AgentConfig.isIn(state)) {
            String code = SyncCommand.invitation(root.resolve("pulseboard/sync"), "demo")
                    .code();
            arguments.addAll(List.of("--join", code, "--name", name, "--folder", "demo=" + files(root, number)));
        }
        start(arguments, root, name);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String otherwise, Condition condition) throws IOException, InterruptedException {
        if (!comes(condition)) {
            throw new StartFailure("sync: " + otherwise);
        }
    }

    private static boolean comes(Condition condition) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() - until < 0) {
            if (condition.holds()) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }

    private void say(String what, Condition condition) throws IOException, InterruptedException {
        boolean holds = comes(condition);
        isWell &= holds;
        System.out.println((holds ? "yes  " : "NO   ") + what);
    }

    private boolean isEverywhere(Path root, String path, Path wanted) throws IOException {
        for (int number = 1; number <= agents; number++) {
            Path file = files(root, number).resolve(path);
            if (!Files.exists(file) || Files.size(file) != Files.size(wanted) || Files.mismatch(file, wanted) >= 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isNowhere(Path root, String path) {
        for (int number = 1; number <= agents; number++) {
            if (Files.exists(files(root, number).resolve(path))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** So many random bytes, after these. */
    private static Path made(Path file, byte[] first, long seed) throws IOException {
        Random random = new Random(seed);
        byte[] buffer = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(first);
            for (int mebibyte = 0; mebibyte < LARGE_MEBIBYTES; mebibyte++) {
                random.nextBytes(buffer);
                out.write(buffer);
            }
        }
        return file;
    }

    /** What people do with their files. */
    private void live(Path root) throws IOException, InterruptedException {
        Path wanted = Files.createDirectories(root.resolve("wanted"));
        Path large = made(wanted.resolve("large.bin"), new byte[0], 17);
        Path longer = made(wanted.resolve("longer.bin"), new byte[] {1}, 17);
        Path note = Files.write(wanted.resolve("notes.txt"), text("written on machine 2\n"));
        Files.createDirectories(files(root, 1).resolve("film"));
        Files.copy(large, files(root, 1).resolve("film/large.bin"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(note, files(root, 2).resolve("notes.txt"), StandardCopyOption.REPLACE_EXISTING);
        say(
                "64 MiB and a note are on all machines",
                () -> isEverywhere(root, "film/large.bin", large) && isEverywhere(root, "notes.txt", note));
        Files.copy(longer, files(root, 2).resolve("film/large.bin"), StandardCopyOption.REPLACE_EXISTING);
        say("one byte put in front of them is, too", () -> isEverywhere(root, "film/large.bin", longer));
        Files.move(files(root, 1).resolve("film"), files(root, 1).resolve("movie"));
        say(
                "a folder renamed on one machine is renamed on all",
                () -> isEverywhere(root, "movie/large.bin", longer) && isNowhere(root, "film"));
        Path one = files(root, 1).resolve("plan.txt");
        Path other = files(root, 2).resolve("plan.txt");
        Files.write(one, text("the plan of machine 1\n"));
        Files.write(other, text("the plan of machine 2\n"));
        Files.setLastModifiedTime(other, FileTime.from(Instant.parse("2020-02-20T20:20:20Z")));
        say("of two edits at once both are kept, on all machines", () -> haveBoth(root));
        Files.delete(files(root, agents).resolve("notes.txt"));
        say("what is deleted on one machine is deleted on all", () -> isNowhere(root, "notes.txt"));
    }

    private boolean haveBoth(Path root) throws IOException {
        for (int number = 1; number <= agents; number++) {
            List<String> plans = new ArrayList<>();
            try (java.nio.file.DirectoryStream<Path> all = Files.newDirectoryStream(files(root, number), "plan*")) {
                for (Path each : all) {
                    plans.add(Files.readString(each));
                }
            }
            java.util.Collections.sort(plans);
            if (!plans.equals(List.of("the plan of machine 1\n", "the plan of machine 2\n"))) {
                return false;
            }
        }
        return true;
    }
}
