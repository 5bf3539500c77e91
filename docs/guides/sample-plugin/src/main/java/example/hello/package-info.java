/** A backend that greets: the smallest plugin that is complete. The core finds {@link HelloKind}. */
package example.hello;
