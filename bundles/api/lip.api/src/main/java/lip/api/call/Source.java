package lip.api.call;

import lip.api.Dialect;
import lip.api.Json;

/**
 * The request body a call was decoded from. A backend of the same dialect may send these bytes
 * again, with only the fields it must change spliced in: so unknown fields and the spelling of
 * everything else survive. A call that a stage has changed has no source any more.
 *
 * @param dialect dialect of the body
 * @param body the whole body
 */
public record Source(Dialect dialect, Json body) {}
