package lip.core.http.listener;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.sdk.settings.ByteSize;

/** Server settings with an address and the defaults. */
record Settings(String address) implements ServerSettings {
  static Settings of(String address) {
    return new Settings(address);
  }

  @Override
  public ByteSize max_request_body_bytes() {
    return ByteSize.parse("32MiB");
  }

  @Override
  public Optional<ByteSize> max_inflight_decode_bytes() {
    return Optional.empty();
  }

  @Override
  public ByteSize max_raw_body_bytes() {
    return ByteSize.parse("512MiB");
  }

  @Override
  public Duration read_header_timeout() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Duration read_timeout() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Duration write_timeout() {
    return Duration.ofSeconds(120);
  }

  @Override
  public Duration idle_timeout() {
    return Duration.ofSeconds(120);
  }

  @Override
  public Duration shutdown_timeout() {
    return Duration.ofSeconds(15);
  }

  @Override
  public Duration keepalive_interval() {
    return Duration.ofSeconds(12);
  }

  @Override
  public ByteSize max_header_bytes() {
    return ByteSize.parse("128KiB");
  }

  @Override
  public List<String> allowed_origins() {
    return List.of();
  }
}
