package lip.testing.emulator;

/**
 * One header field.
 *
 * @param name as it stands on the wire
 * @param value without white space around it
 */
public record Header(String name, String value) {}
