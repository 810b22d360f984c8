package pulseboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pulseboard.board.tank.TankConfig;
import pulseboard.board.tank.TankVerticle;

/** The whole program with one board more, whose figures are what somebody says that they are. */
public final class TankProgram {

    private TankProgram() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        List<Board<?>> boards = new ArrayList<>(Deployment.BOARDS);
        boards.add(new Board<>(
                "tank",
                TankConfig.class,
                TankConfig.DEFAULT,
                Set.of("tank"),
                false,
                config -> List.of(new TankVerticle(config))));
        Main.run(arguments, boards);
    }
}
