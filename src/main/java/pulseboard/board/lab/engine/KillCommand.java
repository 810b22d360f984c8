package pulseboard.board.lab.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import pulseboard.engine.ChildRun;

/** Signals that Java cannot send, by kill(1) and a process id. */
final class KillCommand implements NodeProcess.Signals {

    private final Path folder;

    KillCommand(Path folder) {
        this.folder = folder;
    }

    @Override
    public void send(String signal, long pid) throws IOException {
        new ChildRun(folder.resolve("kill.pid"))
                .start(List.of("/bin/kill", "-s", signal, Long.toString(pid)), Map.of(), folder.resolve("kill.log"));
    }
}
