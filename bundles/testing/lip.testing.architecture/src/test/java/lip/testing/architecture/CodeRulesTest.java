package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodeRulesTest {
  /** Stand-ins for libraries that are not on the class path of these tests. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "org.osgi.service.cm.ConfigurationAdmin",
          "package org.osgi.service.cm; public interface ConfigurationAdmin {}",
          "com.fasterxml.jackson.core.JsonParser",
          "package com.fasterxml.jackson.core; public class JsonParser {}");

  private static final Map<String, JavaClasses> SEEN = new ConcurrentHashMap<>();

  @TempDir Path folder;

  static Stream<Checkout.Bundle> products() {
    return Checkout.products().stream();
  }

  @Test
  void theApiIsSeen() {
    assertThat(products()).extracting(Checkout.Bundle::name).contains("lip.api", "lip.sdk");
    assertThat(classesOf(Checkout.bundle("lip.api"))).hasSizeGreaterThan(50);
    assertThat(classesOf(Checkout.bundle("lip.sdk"))).hasSizeGreaterThan(30);
    assertThat(classesOf(Checkout.bundle("lip.core"))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("products")
  void packagesHaveNoCycles(Checkout.Bundle bundle) {
    CodeRules.noPackageCycles().check(classesOf(bundle));
  }

  @ParameterizedTest
  @MethodSource("products")
  void everyBundleKeepsTheGeneralRules(Checkout.Bundle bundle) {
    CodeRules.everywhere().forEach(rule -> rule.check(classesOf(bundle)));
  }

  @ParameterizedTest
  @MethodSource("products")
  void bundlesDoNotPrint(Checkout.Bundle bundle) {
    if (!bundle.family().equals("launcher")) {
      CodeRules.insideTheFramework().forEach(rule -> rule.check(classesOf(bundle)));
    }
  }

  @Test
  void theCoreKeepsItsDirections() {
    CodeRules.core().forEach(rule -> rule.check(classesOf(Checkout.bundle("lip.core"))));
  }

  @Test
  void aCycleTurnsRed() throws Exception {
    JavaClasses cycle =
        compiled(
            Map.of(
                "lip.x.a.One", "package lip.x.a; public class One { lip.x.b.Two two; }",
                "lip.x.b.Two", "package lip.x.b; public class Two { lip.x.a.One one; }"));

    assertThat(report(CodeRules.noPackageCycles(), cycle)).contains("Cycle detected");
  }

  @ParameterizedTest
  @MethodSource("emptyNames")
  void anEmptyNameTurnsRed(String name) throws Exception {
    assertThat(report(CodeRules.everywhere(), type("lip.x." + name, ""))).contains(name);
  }

  static List<String> emptyNames() {
    return List.of(
        "StoreImpl",
        "TextUtil",
        "TextUtils",
        "LeaseManager",
        "StreamHelper",
        "AbstractBackend",
        "BaseBackend",
        "BackendBase");
  }

  @Test
  void anHonestNameIsSilent() throws Exception {
    JavaClasses honest = type("lip.x.Database", "");

    CodeRules.everywhere()
        .forEach(rule -> assertThatNoException().isThrownBy(() -> rule.check(honest)));
  }

  @Test
  void sleepingAndPrintingTurnRed() throws Exception {
    JavaClasses sleeps =
        type("lip.x.Nap", "void nap() throws InterruptedException { Thread.sleep(1); }");
    JavaClasses prints = type("lip.x.Shout", "void shout() { System.out.println(); }");

    assertThat(report(CodeRules.everywhere(), sleeps)).contains("lip.x.Nap.nap()");
    assertThat(report(CodeRules.insideTheFramework(), prints)).contains("lip.x.Shout.shout()");
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aBreachInTheCoreTurnsRed(String name, String body, String rule) throws Exception {
    assertThat(report(CodeRules.core(), type(name, body))).contains(rule).contains(name);
  }

  static Stream<Arguments> breaches() {
    return Stream.of(
        Arguments.of(
            "lip.core.routing.Impure",
            "long now() throws Exception { return java.nio.file.Files.size(null); }",
            "pure functions"),
        Arguments.of(
            "lip.core.gateway.Wired",
            "org.osgi.framework.BundleContext context;",
            "names a Bundle"),
        Arguments.of("lip.core.routing.Busy", "Thread thread;", "pure functions"),
        Arguments.of("lip.core.planning.Curious", "org.slf4j.Logger log;", "pure functions"),
        Arguments.of(
            "lip.core.executor.Wired",
            "org.osgi.framework.Bundle bundle;",
            "only lip.core.instances"),
        Arguments.of(
            "lip.core.settings.Wired",
            "org.osgi.framework.BundleContext context;",
            "no other OSGi"),
        Arguments.of(
            "lip.core.pipeline.Json",
            "com.fasterxml.jackson.core.JsonParser parser;",
            "no JSON library"),
        Arguments.of(
            "lip.core.executor.Nosy",
            "String name(java.security.Principal p) { return p.getName(); }",
            "looks into principals"));
  }

  @Test
  void whatTheCoreMayKnowIsSilent() throws Exception {
    JavaClasses allowed =
        compiled(
            Map.of(
                "lip.core.instances.Kinds",
                "package lip.core.instances; class Kinds { org.osgi.framework.Bundle b; }",
                "lip.core.settings.Types",
                "package lip.core.settings; class Types { org.osgi.service.cm.ConfigurationAdmin a;"
                    + " }",
                "lip.core.gateway.Who",
                "package lip.core.gateway; class Who { org.osgi.framework.Bundle b; }",
                "lip.core.access.Door",
                "package lip.core.access;"
                    + " class Door { String n(java.security.Principal p) { return p.getName(); } }",
                "lip.core.routing.Plan",
                "package lip.core.routing; record Plan(java.util.List<String> candidates) {}"));

    CodeRules.core().forEach(rule -> assertThatNoException().isThrownBy(() -> rule.check(allowed)));
  }

  private static JavaClasses classesOf(Checkout.Bundle bundle) {
    return SEEN.computeIfAbsent(
        bundle.name(), _ -> new ClassFileImporter().importPath(bundle.classes()));
  }

  private JavaClasses type(String name, String body) throws Exception {
    int dot = name.lastIndexOf('.');
    return compiled(
        Map.of(
            name,
            "package %s; class %s { %s }"
                .formatted(name.substring(0, dot), name.substring(dot + 1), body)));
  }

  private JavaClasses compiled(Map<String, String> sources) throws Exception {
    var all = new HashMap<>(LIBRARIES);
    all.putAll(sources);
    return new ClassFileImporter().importPath(JavaSources.compile(all, folder));
  }

  private static String report(List<ArchRule> rules, JavaClasses classes) {
    return String.join("\n", rules.stream().map(rule -> report(rule, classes)).toList());
  }

  private static String report(ArchRule rule, JavaClasses classes) {
    var result = rule.evaluate(classes);
    return result.hasViolation() ? result.getFailureReport().toString() : "";
  }
}
