/**
 * Fuzz targets: each takes bytes as a stranger may send them and says by an error what must never
 * happen. The same targets run over their seeds as tests and under Jazzer by "lip fuzz".
 */
@NullMarked
package lip.testing.fuzz;

import org.jspecify.annotations.NullMarked;
