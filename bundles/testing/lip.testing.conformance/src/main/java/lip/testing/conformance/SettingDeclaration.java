package lip.testing.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @AttributeDefinition} says about a setting. The annotation ends with the class file,
 * so it is read from there.
 *
 * @param defaults default values, one text with commas; null = none
 * @param required whether a value must be there
 */
record SettingDeclaration(@Nullable String defaults, boolean required) {
  /** A setting without the annotation. */
  static final SettingDeclaration SILENT = new SettingDeclaration(null, true);

  private static final String ANNOTATION =
      "Lorg/osgi/service/metatype/annotations/AttributeDefinition;";

  /** By method name, also of the interfaces that the type extends. */
  static Map<String, SettingDeclaration> of(Class<?> type) {
    var found = new HashMap<String, SettingDeclaration>();
    for (Class<?> parent : type.getInterfaces()) {
      found.putAll(of(parent));
    }
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no class file of " + type.getName());
      }
      ClassModel model = ClassFile.of().parse(in.readAllBytes());
      for (MethodModel method : model.methods()) {
        method
            .findAttribute(Attributes.runtimeInvisibleAnnotations())
            .ifPresent(all ->
                all.annotations().stream()
                    .filter(one -> one.className().equalsString(ANNOTATION))
                    .forEach(one -> found.put(method.methodName().stringValue(), read(one))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static SettingDeclaration read(Annotation annotation) {
    List<String> defaults = new ArrayList<>();
    boolean required = true;
    boolean some = false;
    for (AnnotationElement element : annotation.elements()) {
      if (element.name().equalsString("defaultValue")
          && element.value() instanceof AnnotationValue.OfArray array) {
        some = !array.values().isEmpty();
        array.values().stream()
            .filter(AnnotationValue.OfString.class::isInstance)
            .map(value -> ((AnnotationValue.OfString) value).stringValue())
            .forEach(defaults::add);
      } else if (element.name().equalsString("required")
          && element.value() instanceof AnnotationValue.OfBoolean value) {
        required = value.booleanValue();
      }
    }
    return new SettingDeclaration(some ? String.join(",", defaults) : null, required);
  }
}
