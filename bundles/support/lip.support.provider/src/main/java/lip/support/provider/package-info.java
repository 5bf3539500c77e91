/**
 * What backends of hosted providers share: the pool of keys, the model list that is asked for in
 * the background, the address of a server, the body of an answer and the events decoded of it,
 * waiting times that servers announce, what failures have in common, and taking keys out of what
 * servers say. Embedded by backends; knows no dialect.
 */
@NullMarked
package lip.support.provider;

import org.jspecify.annotations.NullMarked;
