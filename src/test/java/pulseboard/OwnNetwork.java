package pulseboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A network, and a view of the files, that a program under test has alone. It ends with the program. */
final class OwnNetwork {

    private OwnNetwork() {}

    /** For {@link Program#startBy}: what begins the program there, after these lines of a shell, which is root there. */
    static List<String> starter(String lines) {
        return List.of("unshare", "-rmn", "sh", "-ec", "ip link set lo up\n" + lines + "\nexec \"$@\"", "sh");
    }

    /** A command that is to run in the network of this program. */
    static ProcessBuilder of(Program program, String... command) {
        String number = program.proc().getFileName().toString();
        List<String> all =
                new ArrayList<>(List.of("nsenter", "--target", number, "--user", "--preserve-credentials", "--net"));
        all.addAll(List.of(command));
        return new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** A main class of the tests that is to run there. */
    static ProcessBuilder java(Program program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return of(program, command.toArray(String[]::new));
    }

    /**
     * Ends the test where this machine does not let its users have such a network.
     *
     * @param lines see {@link #starter}
     * @param what is not tested then
     */
    static void require(String lines, String what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(starter(lines));
        command.add("true");
        Process trial = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (trial.waitFor() != 0) {
            NotTested.because(
                    what + ". This machine does not let its users have a network of their own: " + said.strip());
        }
    }
}
