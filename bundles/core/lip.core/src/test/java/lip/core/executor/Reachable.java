package lip.core.executor;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What an object refers to, over our own classes; the shared platform does not count. */
final class Reachable {
  private Reachable() {}

  static Set<Object> from(Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Object> todo = new ArrayDeque<>();
    todo.add(root);
    while (!todo.isEmpty()) {
      Object object = todo.poll();
      if (object instanceof Platform
          || object instanceof lip.core.snapshot.OpenHolders
          || !seen.add(object)) {
        continue;
      }
      switch (object) {
        case Iterable<?> elements -> elements.forEach(e -> add(todo, e));
        case Map<?, ?> map -> map.values().forEach(e -> add(todo, e));
        case AtomicReference<?> reference -> add(todo, reference.get());
        case Object[] array -> {
          for (int i = 0; i < Array.getLength(array); i++) {
            add(todo, array[i]);
          }
        }
        default -> fields(object, todo);
      }
    }
    return seen;
  }

  private static void fields(Object object, ArrayDeque<Object> todo) throws IllegalAccessException {
    for (Class<?> type = object.getClass();
        type != null && type.getName().startsWith("lip.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          if (!object.getClass().isHidden()) {
            field.setAccessible(true);
            add(todo, field.get(object));
          }
        }
      }
    }
  }

  private static void add(ArrayDeque<Object> todo, Object object) {
    if (object != null) {
      todo.add(object);
    }
  }
}
