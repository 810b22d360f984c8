package pulseboard.history;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A program to be killed: a history that is written as fast as the disk allows. Says on standard output each second that it
 * has taken, whose value is its number since the start.
 */
final class HistoryWriter {

    private HistoryWriter() {}

    public static void main(String[] arguments) throws IOException {
        MadeHistory history = new MadeHistory(
                Path.of(arguments[0]), new HistoryConfig("", 730, 20, 30), Long.parseLong(arguments[1]));
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (int second = 1; ; second++) {
                history.seconds(1, second);
                out.write((second + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
