package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import pulseboard.machine.ProcessCounts;
import pulseboard.machine.Reader;

/** How many processes and threads there are, and how many threads are running or ready to. */
final class ProcessCountSampler implements Sampler {

    private final Reader<ProcessCounts> reader;

    ProcessCountSampler(Reader<ProcessCounts> reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public int intervalSeconds() {
        return 5;
    }

    @Override
    public JsonObject sample() throws IOException {
        ProcessCounts now = reader.read();
        JsonObject processes = new JsonObject().put("count", now.count());
        if (now.threadCount() >= 0) {
            processes.put("threadCount", now.threadCount());
        }
        if (now.runningCount() >= 0) {
            processes.put("runningCount", now.runningCount());
        }
        return processes;
    }
}
