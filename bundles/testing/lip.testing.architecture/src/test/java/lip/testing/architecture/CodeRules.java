package lip.testing.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What code may know and how it is called, judged by class files. */
final class CodeRules {
  /** Classes whose work is to wait; each with its reason. */
  private static final Set<String> MAY_SLEEP =
      Set.of(
          // The period of the probe: it must not depend on the scheduler it watches.
          "lip.core.instances.CarrierWatch",
          // The time between two looks at the same thread: only its passing tells a burner.
          "lip.core.instances.Burners",
          // Steps of a bounded wait for requests that announce nothing when they end.
          "lip.core.instances.FrameworkStop",
          // Steps of a bounded wait for a listener of Jetty, which announces nothing either.
          "lip.core.http.listener.ListenerMoves");

  /**
   * Classes that speak to the terminal by design, outside of the launcher; each with its reason.
   */
  private static final Set<String> MAY_PRINT =
      Set.of(
          // The output of the command check-config.
          "lip.operations.deploy.CheckCommand");

  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Impl|Utils?|Manager|Helper)|(Abstract|Base)[A-Z].*|.+Base");

  private static final String[] JDK_PURE = {
    "java.lang", "java.lang.constant", "java.lang.invoke", "java.lang.runtime", "java.math",
    "java.text", "java.time..", "java.util", "java.util.function", "java.util.random",
    "java.util.regex", "java.util.stream"
  };

  private CodeRules() {}

  /** Packages of one bundle have a direction. */
  static ArchRule noPackageCycles() {
    return SlicesRuleDefinition.slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles();
  }

  /** For the classes of every bundle. */
  static List<ArchRule> everywhere() {
    return List.of(
        noClasses()
            .that(describe("are ours", CodeRules::isOurs))
            .should()
            .haveNameMatching(".*[.$](" + EMPTY_NAME + ")")
            .as("a name says what a type is: no Impl, Util, Manager, Helper, Abstract, Base"),
        noClasses()
            .that(areNotIn(MAY_SLEEP))
            .should()
            .callMethodWhere(
                describe(
                    "Thread.sleep",
                    call ->
                        call.getTarget().getName().equals("sleep")
                            && call.getTargetOwner().isEquivalentTo(Thread.class)))
            .as("wait for a condition, not for time to pass"));
  }

  /** For all bundles but the launcher and the testing family. */
  static List<ArchRule> insideTheFramework() {
    return List.of(
        noClasses()
            .that(areNotIn(MAY_PRINT))
            .should(ACCESS_STANDARD_STREAMS)
            .as("bundles log; only the launcher prints"));
  }

  /** For the classes of {@code lip.core}; rules for packages that do not exist yet are silent. */
  static List<ArchRule> core() {
    return List.of(
        noClasses()
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "jakarta.servlet..",
                    "javax.servlet..",
                    "org.eclipse.jetty..",
                    "com.fasterxml..",
                    "tools.jackson..",
                    "lip.support.."))
            .as("lip.core knows no servlet and no JSON library"),
        classes()
            .that()
            .resideInAnyPackage("lip.core.routing..", "lip.core.planning..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(JDK_PURE)
                    .or(
                        resideInAnyPackage(
                            "lip.api..",
                            "lip.core.routing..",
                            "lip.core.planning..",
                            "org.jspecify.annotations"))
                    .and(DescribedPredicate.not(describe("threads", CodeRules::isThread))))
            .allowEmptyShould(true)
            .as(
                "routing and planning are pure functions: no I/O, no threads, no OSGi, no other"
                    + " room"),
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "lip.core.instances..", "lip.core.settings..", "lip.core.gateway")
            .should()
            .dependOnClassesThat(isOsgi())
            .allowEmptyShould(true)
            .as("only lip.core.instances knows OSGi"),
        // An operations bundle says who it is by its Bundle; that is all of OSGi in the gateway.
        noClasses()
            .that()
            .resideInAPackage("lip.core.gateway")
            .should()
            .dependOnClassesThat(
                isOsgi().and(DescribedPredicate.not(describe("Bundle", CodeRules::isBundle))))
            .allowEmptyShould(true)
            .as("lip.core.gateway names a Bundle, no other OSGi"),
        noClasses()
            .that()
            .resideInAPackage("lip.core.settings..")
            .should()
            .dependOnClassesThat(
                isOsgi()
                    .and(
                        DescribedPredicate.not(
                            resideInAnyPackage(
                                    "org.osgi.service.metatype..", "org.osgi.service.cm..")
                                .or(describe("Bundle", CodeRules::isBundle)))))
            .allowEmptyShould(true)
            .as(
                "lip.core.settings knows metatype, Config Admin and the Bundle they belong to, no"
                    + " other OSGi"),
        noClasses()
            .that()
            .resideOutsideOfPackage("lip.core.access..")
            .should()
            .callMethodWhere(
                describe(
                    "a method of a principal",
                    (JavaCall<?> call) ->
                        call.getTargetOwner().getSimpleName().contains("Principal")))
            .allowEmptyShould(true)
            .as("nothing but lip.core.access looks into principals"));
  }

  private static DescribedPredicate<JavaClass> isOsgi() {
    // Annotations are read by bnd at build time and are not there at run time.
    return resideInAPackage("org.osgi..")
        .and(
            DescribedPredicate.not(
                resideInAnyPackage(
                    "org.osgi.annotation..",
                    "org.osgi.service.component.annotations..",
                    "org.osgi.service.metatype.annotations..")))
        .as("are OSGi");
  }

  private static DescribedPredicate<JavaClass> areNotIn(Set<String> names) {
    return describe("are not listed", type -> !names.contains(outermost(type).getName()));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(CodeRules::outermost).orElse(type);
  }

  private static boolean isThread(JavaClass type) {
    return type.isEquivalentTo(Thread.class) || type.isEquivalentTo(ThreadLocal.class);
  }

  private static boolean isBundle(JavaClass type) {
    return type.getName().equals("org.osgi.framework.Bundle");
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals("lip") || type.getPackageName().startsWith("lip.");
  }
}
