package pulseboard.machine.linux;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Prints what the readers say of a made machine; run in a program of its own, in a locale that knows only ASCII. */
public final class PosixReadings {

    private PosixReadings() {}

    /** Takes the folder that holds {@code proc} and {@code sys}. */
    public static void main(String[] arguments) throws IOException {
        Path proc = Path.of(arguments[0], "proc");
        Path sys = Path.of(arguments[0], "sys");
        NetDev network = new NetDev(proc, sys, Pattern.compile("lo"));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(network.read().keySet());
        out.println(network.readLinks());
        out.println(new DiskStats(proc, sys, Pattern.compile("")).read().keySet());
        out.println(new Cgroup(proc, sys).read().orElseThrow().memoryLimitBytes());
        out.println(Statvfs.readJava(arguments[0] + "/größe").totalBytes() > 0);
    }
}
