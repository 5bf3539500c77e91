package lip.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Any JSON as text for a terminal: plain values as lines, lists of objects as tables. */
final class Tables {
  private static final int WIDEST = 60;

  /** Of the last column: nothing stands behind it. */
  private static final int WIDEST_LAST = 160;

  private static final String NOTHING = "-";

  private Tables() {}

  static String of(@Nullable Object json) {
    var text = new StringBuilder();
    section(text, "", json);
    return text.toString();
  }

  private static void section(StringBuilder text, String title, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> object(text, title, map);
      case List<?> list when tabular(list) -> table(text, title, list);
      case null, default -> text.append("%-16s %s%n".formatted(title, cell(value)));
    }
  }

  private static boolean tabular(List<?> list) {
    return !list.isEmpty() && list.stream().allMatch(Map.class::isInstance);
  }

  private static void object(StringBuilder text, String title, Map<?, ?> map) {
    heading(text, title);
    // Plain values first: they describe the object, tables follow.
    map.forEach((name, value) -> line(text, title, name, value, false));
    map.forEach((name, value) -> line(text, title, name, value, true));
  }

  private static void line(
      StringBuilder text, String title, Object name, @Nullable Object value, boolean nested) {
    boolean isNested =
        value instanceof Map<?, ?> || (value instanceof List<?> list && tabular(list));
    if (isNested == nested) {
      section(text, nested && !title.isEmpty() ? title + "." + name : name.toString(), value);
    }
  }

  private static void table(StringBuilder text, String title, List<?> rows) {
    heading(text, title);
    var columns = new LinkedHashSet<Object>();
    var nested = new LinkedHashSet<Object>();
    for (Object row : rows) {
      ((Map<?, ?>) row)
          .forEach((name, value) ->
              (value instanceof List<?> list && tabular(list) ? nested : columns).add(name));
    }
    // A list that is a table in one row is empty in the others.
    columns.removeAll(nested);
    plain(text, columns, rows);
    nested.forEach(name -> table(text, title + "." + name, inner(rows, name)));
  }

  /** The rows of the tables in a column, each with the id of the row it comes from. */
  private static List<Map<Object, Object>> inner(List<?> rows, Object column) {
    var all = new ArrayList<Map<Object, Object>>();
    for (Object row : rows) {
      if (((Map<?, ?>) row).get(column) instanceof List<?> list) {
        for (Object one : list) {
          var line = new LinkedHashMap<Object, Object>();
          line.put("of", cell(((Map<?, ?>) row).get("id")));
          line.putAll((Map<?, ?>) one);
          all.add(line);
        }
      }
    }
    return all;
  }

  private static void plain(StringBuilder text, Set<Object> columns, List<?> rows) {
    var lines = new ArrayList<List<String>>();
    lines.add(columns.stream().map(Object::toString).toList());
    for (Object row : rows) {
      var cells = new ArrayList<String>();
      for (Object column : columns) {
        int widest = cells.size() == columns.size() - 1 ? WIDEST_LAST : WIDEST;
        cells.add(cell(((Map<?, ?>) row).get(column), widest));
      }
      lines.add(cells);
    }
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      var printed = new StringBuilder("  ");
      for (int i = 0; i < widths.length; i++) {
        printed.append(line.get(i)).repeat(" ", widths[i] - line.get(i).length() + 2);
      }
      text.append(printed.toString().stripTrailing()).append(System.lineSeparator());
    }
  }

  private static void heading(StringBuilder text, String title) {
    if (!title.isEmpty()) {
      text.append(System.lineSeparator()).append(title).append(System.lineSeparator());
    }
  }

  private static String cell(@Nullable Object value) {
    return cell(value, WIDEST);
  }

  private static String cell(@Nullable Object value, int widest) {
    String text =
        switch (value) {
          case null -> NOTHING;
          case List<?> list -> list.stream().map(Tables::cell).collect(Collectors.joining(", "));
          case Map<?, ?> map ->
              map.entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + cell(entry.getValue()))
                  .collect(Collectors.joining(" "));
          default -> value.toString();
        };
    String plain = text.isEmpty() ? NOTHING : text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= widest ? plain : plain.substring(0, widest - 1) + "…";
  }
}
