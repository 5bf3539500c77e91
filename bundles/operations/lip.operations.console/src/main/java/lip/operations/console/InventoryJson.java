package lip.operations.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import lip.core.gateway.Inventory.FileView;
import lip.core.gateway.Inventory.View;
import org.jspecify.annotations.Nullable;

/**
 * The inventory as JSON. Names are those of the records; Felix's {@code .json} convention makes it
 * {@code lip.json}.
 */
final class InventoryJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private InventoryJson() {}

  static void write(View view, List<FileView> files, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      fields(view, json);
      json.writeFieldName("files");
      value(files, json);
      json.writeEndObject();
    }
  }

  private static void fields(Record record, JsonGenerator json) throws IOException {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      json.writeFieldName(component.getName());
      try {
        component.getAccessor().setAccessible(true);
        value(component.getAccessor().invoke(record), json);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record component that cannot be read", e);
      }
    }
  }

  private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case Instant instant -> json.writeString(instant.toString());
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          value(element, json);
        }
        json.writeEndArray();
      }
      case Record record -> {
        json.writeStartObject();
        fields(record, json);
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }
}
