package pulseboard.board.sync.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;

/** A certificate in DER (RFC 5280, X.690), since the JDK makes them only by a program of its own. */
final class SelfSigned {

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OBJECT = 0x06;
    private static final int UTF8 = 0x0c;
    private static final int TIME = 0x18;
    private static final int CONTEXT = 0xa0;
    private static final int SERIAL_BITS = 120;

    /** 1.2.840.10045.4.3.2, ECDSA with SHA-256. */
    private static final byte[] ECDSA = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};

    /** 2.5.4.3, the common name. */
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

    private SelfSigned() {}

    /** Without an end: whom it belongs to is known by its hash, and ends when that is forgotten. */
    static byte[] certificate(KeyPair pair) throws GeneralSecurityException {
        byte[] algorithm = of(SEQUENCE, of(OBJECT, ECDSA));
        byte[] name = of(
                SEQUENCE, of(SET, of(SEQUENCE, of(OBJECT, COMMON_NAME), of(UTF8, Identity.ascii("pulseboard-sync")))));
        byte[] validity =
                of(SEQUENCE, of(TIME, Identity.ascii("20200101000000Z")), of(TIME, Identity.ascii("99991231235959Z")));
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 2);
        byte[] signed = of(
                SEQUENCE,
                of(CONTEXT, of(INTEGER, new byte[] {2})),
                of(INTEGER, serial.toByteArray()),
                algorithm,
                name,
                validity,
                name,
                pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed);
        return of(SEQUENCE, signed, algorithm, of(BITS, new byte[1], signature.sign()));
    }

    private static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = body.size();
        if (length >= 0x100) {
            all.write(0x82);
            all.write(length >> 8);
        } else if (length >= 0x80) {
            all.write(0x81);
        }
        all.write(length);
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }
}
