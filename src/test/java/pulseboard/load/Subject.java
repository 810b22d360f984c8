package pulseboard.load;

/** What is measured side by side. */
enum Subject {
    FLOOR("bare write", FloorServer.class, Transport.RAW),
    RAW("bridge, raw", BoardServer.class, Transport.RAW),
    FRAMED("bridge, SockJS", BoardServer.class, Transport.FRAMED),
    STREAM("stream", BoardServer.class, Transport.STREAM);

    final String title;
    final Class<?> server;
    final Transport transport;

    Subject(String title, Class<?> server, Transport transport) {
        this.title = title;
        this.server = server;
        this.transport = transport;
    }
}
