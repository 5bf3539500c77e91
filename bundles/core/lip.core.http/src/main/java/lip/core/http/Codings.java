package lip.core.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.Rejected;
import org.jspecify.annotations.Nullable;

/** Content codings of request bodies. */
enum Codings {
  /** As it is. */
  IDENTITY,
  /** RFC 1952. */
  GZIP,
  /** RFC 1950, and the bare form that some clients send. */
  DEFLATE;

  private static final int STEP = 16 * 1024;

  /** Reads a {@code Content-Encoding} header. */
  static Codings of(@Nullable String header) throws Rejected {
    String name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      default ->
          throw new Rejected(
              Failure.of(
                  FailureClass.UNSUPPORTED_MEDIA,
                  "content-encoding "
                      + Plain.line(name)
                      + " is not supported; use gzip, deflate or none"));
    };
  }

  /** Asked before memory is taken. */
  @FunctionalInterface
  interface Room {
    /** Makes sure that there is room for so many decoded bytes. */
    void need(int bytes) throws Rejected;
  }

  /** Decodes a body; the limit holds for the decoded bytes. */
  byte[] decode(byte[] body, long limit, Room room) throws Rejected {
    if (this == IDENTITY || body.length == 0) {
      return body;
    }
    try (InputStream in = open(body)) {
      int first = (int) Math.min(limit, Math.max(STEP, 4L * body.length));
      room.need(first);
      byte[] decoded = new byte[first];
      int count = 0;
      while (true) {
        if (count == decoded.length) {
          if (count >= limit) {
            if (in.read() < 0) {
              return decoded;
            }
            throw tooLarge(limit);
          }
          int grown = (int) Math.min(limit, 2L * count);
          room.need(grown);
          decoded = Arrays.copyOf(decoded, grown);
        }
        int read = in.read(decoded, count, decoded.length - count);
        if (read < 0) {
          return count == decoded.length ? decoded : Arrays.copyOf(decoded, count);
        }
        count += read;
      }
    } catch (EOFException | ZipException e) {
      Rejected rejected =
          new Rejected(
              Failure.of(
                  FailureClass.INVALID_REQUEST,
                  "the request body is not valid " + name().toLowerCase(Locale.ROOT) + " data"));
      rejected.initCause(e);
      throw rejected;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private InputStream open(byte[] body) throws IOException {
    InputStream raw = new ByteArrayInputStream(body);
    if (this == GZIP) {
      return new GZIPInputStream(raw, STEP);
    }
    boolean wrapped =
        body.length > 1
            && (body[0] & 0x0f) == 8
            && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
    Inflater inflater = new Inflater(!wrapped);
    return new InflaterInputStream(raw, inflater, STEP) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
  }

  static Rejected tooLarge(long limit) {
    return new Rejected(
        Failure.of(FailureClass.TOO_LARGE, "the request body is larger than " + limit + " bytes"));
  }
}
