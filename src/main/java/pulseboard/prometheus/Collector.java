package pulseboard.prometheus;

import java.io.IOException;

/** Reads one subject, whole and exact, as it stands now. Called from one thread at a time, not always the same one. */
public interface Collector {

    /** Its name, which is that of node_exporter's collector where there is one. */
    String name();

    /**
     * Reads now.
     *
     * @throws IOException when this machine does not report it; then nothing of it is shown
     */
    void collect(Families into) throws IOException;

    /** What collects, without a name. */
    @FunctionalInterface
    interface Body {
        /** As {@link Collector#collect(Families)}. */
        void collect(Families into) throws IOException;
    }

    /** A collector of that name. */
    static Collector of(String name, Body body) {
        return new Collector() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void collect(Families into) throws IOException {
                body.collect(into);
            }
        };
    }
}
