package pulseboard.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** What viewers do that nobody should have to suffer from. */
enum Offence {
    STALLED("100 viewers stop reading") {
        @Override
        void begin(Gang gang) throws IOException {
            gang.join(100, Transport.values());
        }
    },
    ONE_BYTE("100 viewers read 1 byte a second") {
        @Override
        void begin(Gang gang) throws IOException {
            gang.join(100, Transport.values());
        }

        @Override
        void proceed(Gang gang) {
            gang.culprits().forEach(culprit -> culprit.read(1));
            Gang.pause(1000);
        }
    },
    SILENT("100 viewers never ping", 33) {
        @Override
        void begin(Gang gang) throws IOException {
            gang.join(100, Transport.RAW, Transport.FRAMED);
        }

        @Override
        void proceed(Gang gang) {
            readAll(gang);
            Gang.pause(20);
        }
    },
    MUTE("200 connections say nothing", 18) {
        @Override
        void begin(Gang gang) throws IOException {
            gang.open(200);
        }

        @Override
        void proceed(Gang gang) {
            readAll(gang);
            Gang.pause(20);
        }
    },
    GARBAGE("10 send nonsense all the time") {
        @Override
        void begin(Gang gang) throws IOException {
            gang.join(10, Transport.RAW);
        }

        @Override
        void proceed(Gang gang) throws IOException {
            pour(gang, nonsense());
            gang.join(gang.removeEnded(), Transport.RAW);
        }
    },
    BIG_FRAMES("10 send frames of 64 KiB") {
        @Override
        void begin(Gang gang) throws IOException {
            gang.join(10, Transport.RAW);
        }

        @Override
        void proceed(Gang gang) throws IOException {
            pour(gang, frame(new byte[1 << 16]));
            gang.join(gang.removeEnded(), Transport.RAW);
        }
    },
    REGISTERS("1 registers without end") {
        @Override
        void begin(Gang gang) throws IOException {
            gang.join(1, Transport.RAW);
        }

        @Override
        void proceed(Gang gang) throws IOException {
            pour(gang, Transport.RAW.register(BoardServer.BOARD));
            gang.join(gang.removeEnded(), Transport.RAW);
        }
    },
    COMING_AND_GOING("connect, register, disconnect") {
        @Override
        void proceed(Gang gang) throws IOException {
            gang.join(8, Transport.RAW);
            gang.leave();
        }
    },
    ASKING_BUS("20 ask for snapshots, bus") {
        @Override
        void begin(Gang gang) throws IOException {
            gang.join(20, Transport.RAW);
        }

        @Override
        void proceed(Gang gang) throws IOException {
            pour(gang, Transport.RAW.ask(BoardServer.BOARD));
            gang.join(gang.removeEnded(), Transport.RAW);
        }
    },
    ASKING_REST("20 ask for snapshots, REST") {
        @Override
        void begin(Gang gang) throws IOException {
            gang.open(20);
            gang.culprits().forEach(culprit -> culprit.send(gang.request(SNAPSHOT)));
        }

        @Override
        void proceed(Gang gang) {
            for (Culprit culprit : gang.culprits()) {
                if (culprit.read(1 << 16) > 0) {
                    culprit.send(gang.request(SNAPSHOT));
                }
            }
        }
    },
    UNREAD("1256 ask and never read", 20) {
        @Override
        void begin(Gang gang) throws IOException {
            gang.open(1256);
        }

        @Override
        void proceed(Gang gang) {
            for (Culprit culprit : gang.culprits()) {
                culprit.send(gang.request(SNAPSHOT));
                culprit.send(gang.request("index.html"));
            }
            Gang.pause(5);
        }
    },
    HEADS("1200 pour requests of 7000 bytes", 12) {
        @Override
        void begin(Gang gang) throws IOException {
            gang.open(1200);
        }

        @Override
        void proceed(Gang gang) throws IOException {
            pour(gang, gang.request("api/none", "X-Long: " + "x".repeat(6900)));
            gang.open(gang.removeEnded());
        }
    };

    private static final String SNAPSHOT = "api/boards/" + BoardServer.BOARD;
    private static final Random RANDOM = new Random(1);

    final String title;
    final int seconds;

    Offence(String title) {
        this(title, 8);
    }

    Offence(String title, int seconds) {
        this.title = title;
        this.seconds = seconds;
    }

    /** Gets ready. */
    void begin(Gang gang) throws IOException {
        // Most come with the first step.
    }

    /** One step of many. */
    void proceed(Gang gang) throws IOException {
        Gang.pause(20);
    }

    /** Everybody sends this as often as it is taken, and reads the answers. */
    private static void pour(Gang gang, ByteBuffer bytes) {
        for (Culprit culprit : gang.culprits()) {
            int times = 0;
            while (times++ < 50 && !culprit.isEnded() && culprit.send(bytes.rewind())) {
                // Again.
            }
            culprit.read(1 << 16);
        }
    }

    private static void readAll(Gang gang) {
        gang.culprits().forEach(culprit -> culprit.read(1 << 16));
    }

    private static ByteBuffer nonsense() {
        byte[] bytes = JsonObject.of("type", "send", "address", RANDOM.nextInt())
                .toBuffer()
                .getBytes();
        bytes[RANDOM.nextInt(bytes.length)] = (byte) ('a' + RANDOM.nextInt(26));
        return frame(bytes);
    }

    /** A frame of text with a mask of zeros. */
    private static ByteBuffer frame(byte[] payload) {
        byte[] head = new byte[] {(byte) 0x81, (byte) (0x80 | Math.min(payload.length, 125))};
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        if (payload.length < 126) {
            frame.put(head);
        } else {
            frame.put(head[0]).put((byte) 0xff).putLong(payload.length);
        }
        return frame.putInt(0).put(payload).flip();
    }
}
