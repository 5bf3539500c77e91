package lip.sdk.backend;

import java.io.InputStream;
import lip.sdk.http.Headers;

/**
 * A request to relay.
 *
 * @param method HTTP method
 * @param path path and query below the provider's base
 * @param headers end-to-end fields, without credentials
 * @param body body, read once
 * @param length body length; -1 = unknown
 */
public record RawRequest(
    String method, String path, Headers headers, InputStream body, long length) {}
