package pulseboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pulseboard.board.toy.ToyConfig;
import pulseboard.board.toy.ToyVerticle;

/** The whole program with one board more, which is a job: it runs in {@code pulseboard work}. */
public final class ToyProgram {

    private ToyProgram() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        List<Board<?>> boards = new ArrayList<>(Deployment.BOARDS);
        boards.add(job());
        Main.run(arguments, boards);
    }

    /** The one line. */
    static Board<ToyConfig> job() {
        return new Board<>(
                "toy",
                ToyConfig.class,
                ToyConfig.DEFAULT,
                Set.of("toy"),
                true,
                config -> List.of(new ToyVerticle(config)));
    }
}
