package pulseboard.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    private static final String PASSWORD = "correct horse battery";

    @Test
    void onlyThePasswordFitsItsHash() {
        String hash = Passwords.hash(PASSWORD);
        assertTrue(Passwords.matches(PASSWORD, hash));
        assertFalse(Passwords.matches(PASSWORD + " ", hash));
        assertFalse(Passwords.matches("", hash));
        assertFalse(hash.contains(PASSWORD));
    }

    @Test
    void samePasswordHasAnotherHashEachTime() {
        assertNotEquals(Passwords.hash(PASSWORD), Passwords.hash(PASSWORD));
    }

    @Test
    void hashOfNobodyCostsAsMuchAndFitsNothing() {
        String iterations = Passwords.hash(PASSWORD).replaceFirst("\\$[^$]*\\$[^$]*$", "");
        assertTrue(Passwords.NONE.startsWith(iterations + "$"), iterations);
        assertFalse(Passwords.matches("", Passwords.NONE));
    }

    /** From PBKDF2-HMAC-SHA512 of Python's hashlib: another implementation has the same opinion. */
    @Test
    void hashIsTheOneOfTheStandard() {
        assertTrue(Passwords.matches(
                "password",
                "$pbkdf2-sha512$i=1000$c2FsdHNhbHRzYWx0c2FsdA$715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hA"));
    }

    @Test
    void shortAndEndlessPasswordsAreRefused() {
        assertNotNull(Passwords.mistake("123456789"));
        assertNotNull(Passwords.mistake("x".repeat(201)));
        assertNull(Passwords.mistake("1234567890"));
        assertNull(Passwords.mistake(Passwords.random()));
    }

    @Test
    void randomPasswordsDiffer() {
        assertNotEquals(Passwords.random(), Passwords.random());
    }
}
