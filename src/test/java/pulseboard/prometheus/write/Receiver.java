package pulseboard.prometheus.write;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A server that takes remote writes and answers as it is told. */
final class Receiver {

    /** What came in. */
    record Received(Map<String, String> headers, Buffer body) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private int count;
    private volatile boolean tellsTime;

    /** @param answers the status of each answer, by its number from 0, and after a space Retry-After or Location if there is to be one */
    Receiver(Vertx vertx, HttpServerOptions options, IntFunction<String> answers) throws Exception {
        server = vertx.createHttpServer(options.setPort(0).setHost("127.0.0.1"))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    if (body.length() <= 1) { // Only the time is asked for.
                        if (tellsTime) {
                            request.response()
                                    .putHeader(
                                            "Date",
                                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                                    ZonedDateTime.now(ZoneOffset.UTC)));
                        }
                        request.response().setStatusCode(204).end();
                        return;
                    }
                    received.add(new Received(headers(request), body));
                    String[] answer = answers.apply(count++).split(" ", -1);
                    if (answer.length > 1) {
                        request.response().putHeader(answer[0].startsWith("3") ? "Location" : "Retry-After", answer[1]);
                    }
                    request.response()
                            .setStatusCode(Integer.parseInt(answer[0]))
                            .end();
                }));
        server.listen().toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(headers::put);
        return headers;
    }

    /** From now on an answer to an empty request says what time it is. */
    void tellTime() {
        tellsTime = true;
    }

    int port() {
        return server.actualPort();
    }

    /** The next request; waits for it. */
    Received next() throws InterruptedException {
        Received next = received.poll(3, TimeUnit.MINUTES);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    boolean isEmpty() {
        return received.isEmpty();
    }

    /** The samples in a body, by their labels; at the key "" the time of them all. */
    static Map<String, Double> decode(Buffer body) {
        ByteBuf message = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(body.getBytes()), message);
        Map<String, Double> samples = new TreeMap<>();
        while (message.isReadable()) {
            ByteBuf series = field(message);
            StringBuilder labels = new StringBuilder();
            while (series.getByte(series.readerIndex()) == ((1 << 3) | 2)) {
                ByteBuf label = field(series);
                labels.append(text(label)).append('=').append(text(label)).append(' ');
            }
            ByteBuf sample = field(series);
            sample.readByte();
            double value = sample.readDoubleLE();
            sample.readByte();
            samples.put("", (double) varint(sample));
            if (samples.put(labels.toString().strip(), value) != null) {
                throw new AssertionError("twice: " + labels);
            }
        }
        return samples;
    }

    private static ByteBuf field(ByteBuf from) {
        from.readByte();
        return from.readSlice((int) varint(from));
    }

    private static String text(ByteBuf from) {
        return field(from).toString(StandardCharsets.UTF_8);
    }

    private static long varint(ByteBuf from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
