package pulseboard.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program with hundreds of viewers that come and go at random, for as long as somebody has time. Every viewer's
 * document is held against the server's again and again, and always just before some of them leave.
 */
public final class Soak {

    /** As long, unless somebody says otherwise. */
    public static final int MINUTES = 30;

    private static final int LINE_SECONDS = 30;
    private static final int FAREWELL_SECONDS = 5;
    private static final int LONGEST_PAUSE_MILLISECONDS = 1000;

    private final long seed = Long.getLong("pulseboard.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final List<Crowd> crowds = new ArrayList<>();
    private final Course course = new Course();
    private final ShippedServer server;
    private int compared;
    private int different;

    private Soak(ShippedServer server) {
        this.server = server;
    }

    /** Prints a line every 30 s and a verdict; returns whether all was well. */
    public static boolean run(int minutes) throws IOException, InterruptedException {
        try (ShippedServer server = new ShippedServer(Map.of())) {
            Soak soak = new Soak(server);
            try {
                return soak.goOn(minutes);
            } finally {
                soak.crowds.forEach(Crowd::close);
            }
        }
    }

    private boolean goOn(int minutes) throws IOException, InterruptedException {
        System.out.printf(
                "%nSoak of %d minutes, -Dpulseboard.seed=%d; memory in MiB, heap after a collection%n%s%n",
                minutes, seed, Course.HEAD);
        ShippedServer.Figures alone = server.figures();
        System.out.println(Course.line(0, 0, alone, Map.of()));
        gather("host", Transport.RAW, 200);
        gather("host", Transport.FRAMED, 150);
        gather("host", Transport.STREAM, 100);
        gather("processes", Transport.RAW, 50);
        long begin = System.nanoTime();
        for (long line = 1; line <= minutes * 60L / LINE_SECONDS; line++) {
            long end = begin + TimeUnit.SECONDS.toNanos(line * LINE_SECONDS);
            while (System.nanoTime() - end < 0 && server.isAlive()) {
                for (Crowd crowd : crowds) {
                    round(crowd);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLISECONDS));
                }
            }
            fill();
            ShippedServer.Figures figures = server.figures();
            course.add(figures);
            System.out.println(Course.line(line * LINE_SECONDS, viewers(), figures, counts()));
        }
        return judge(alone, minutes);
    }

    /** Has everybody leave and tells what was found. */
    private boolean judge(ShippedServer.Figures alone, int minutes) throws IOException, InterruptedException {
        crowds.forEach(crowd -> crowd.ask(() -> {
            crowd.leave(Integer.MAX_VALUE);
            return true;
        }));
        TimeUnit.SECONDS.sleep(FAREWELL_SECONDS);
        ShippedServer.Figures after = server.figures();
        System.out.println(Course.line(minutes * 60L, 0, after, counts()));
        List<String> faults = course.faults(alone, after);
        counts().forEach((what, count) -> {
            if (Course.FAULTS.contains(what) && count > 0) {
                faults.add(count + " " + what);
            }
        });
        server.logged("WARN").forEach(line -> System.out.println("logged: " + line));
        server.logged("ERROR").forEach(line -> faults.add("logged: " + line));
        System.out.printf(
                "%s%n%d documents compared. %s%n",
                course.summary(),
                compared,
                faults.isEmpty() ? "All is well." : "NOT WELL: " + String.join("; ", faults));
        return faults.isEmpty();
    }

    private void gather(String board, Transport transport, int viewers) throws IOException, InterruptedException {
        Crowd crowd = new Crowd(new Plan(server.url(), board, transport, viewers, 200));
        crowds.add(crowd);
        crowd.start();
        awaitFollowing(crowd, viewers);
    }

    /** Compares all, sends some away and has others come. */
    private void round(Crowd crowd) throws IOException, InterruptedException {
        Comparison.Result result = Comparison.run(crowd);
        compared += result.equal();
        different += result.different();
        int viewers = crowd.plan.viewers();
        int here = crowd.ask(() -> crowd.tally.following);
        int next = viewers / 2 + random.nextInt(viewers / 2 + 1);
        int leaving = Math.max(here - next, 0) + random.nextInt(viewers / 10);
        crowd.ask(() -> {
            crowd.leave(leaving);
            return true;
        });
        join(crowd, next);
    }

    private void fill() throws InterruptedException {
        for (Crowd crowd : crowds) {
            join(crowd, crowd.plan.viewers());
        }
    }

    private static void join(Crowd crowd, int wanted) throws InterruptedException {
        crowd.ask(() -> {
            crowd.join(Math.max(0, wanted - crowd.tally.following));
            return true;
        });
        awaitFollowing(crowd, wanted);
    }

    private static void awaitFollowing(Crowd crowd, int wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (crowd.ask(() -> crowd.tally.following) < wanted && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private int viewers() {
        return crowds.stream()
                .mapToInt(crowd -> crowd.ask(() -> crowd.tally.following))
                .sum();
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Crowd crowd : crowds) {
            crowd.ask(() -> {
                counts.merge("left", crowd.tally.left, Long::sum);
                counts.merge("holes", crowd.tally.holes, Long::sum);
                counts.merge("repeats", crowd.tally.repeats, Long::sum);
                counts.merge("resyncs", crowd.tally.resyncs, Long::sum);
                counts.merge("unanswered", crowd.tally.unanswered, Long::sum);
                counts.merge("lost", (long) crowd.tally.lost, Long::sum);
                return true;
            });
        }
        counts.put("different", (long) different);
        return counts;
    }
}
