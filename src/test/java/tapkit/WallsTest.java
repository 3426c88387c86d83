package tapkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls between packages that docs/architecture.md draws. */
class WallsTest {
    private static final String[] ND4J = {"org.nd4j..", "org.deeplearning4j..", "org.bytedeco.."};
    private static final JavaClasses TAPKIT = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("tapkit");

    /** Pure rooms on the way of a tap: the JDK, and each other downward. */
    @Test
    void shouldKeepTheWayOfATapPure() {
        onlyDependOn("tapkit.grid");
        onlyDependOn("tapkit.clock", "tapkit.grid");
        onlyDependOn("tapkit.tap", "tapkit.clock", "tapkit.grid");
        onlyDependOn("tapkit.schedule", "tapkit.clock", "tapkit.grid");
    }

    @Test
    void shouldTakeTimeAsAParameter() {
        noClasses().that().resideInAnyPackage("tapkit.tap..", "tapkit.clock..", "tapkit.grid..", "tapkit.schedule..").should()
                .callMethod(System.class, "nanoTime").orShould().callMethod(System.class, "currentTimeMillis").check(TAPKIT);
    }

    @Test
    void shouldKnowDl4jOnlyInItsRoomAndInTraining() {
        noClasses().that().resideOutsideOfPackages("tapkit.model.nd4j..", "tapkit.train..").should().dependOnClassesThat()
                .resideInAnyPackage(ND4J).check(TAPKIT);
        // By way of these rooms it would be loaded all the same.
        noClasses().that().resideOutsideOfPackages("tapkit.model.nd4j..", "tapkit.train..", "tapkit.cli..").should()
                .dependOnClassesThat().resideInAnyPackage("tapkit.model.nd4j..", "tapkit.train..").check(TAPKIT);
    }

    @Test
    void shouldKnowTheDisruptorOnlyInTheEngine() {
        noClasses().that().resideOutsideOfPackage("tapkit.engine..").should().dependOnClassesThat()
                .resideInAPackage("com.lmax.disruptor..").check(TAPKIT);
    }

    @Test
    void shouldImportTheCommandLineNowhere() {
        noClasses().that().resideOutsideOfPackage("tapkit.cli..").should().dependOnClassesThat()
                .resideInAPackage("tapkit.cli..").check(TAPKIT);
    }

    private static void onlyDependOn(String room, String... below) {
        String[] allowed = new String[below.length + 2];
        allowed[0] = room + "..";
        allowed[1] = "java..";
        for (int i = 0; i < below.length; i++) {
            allowed[i + 2] = below[i] + "..";
        }
        classes().that().resideInAPackage(room + "..").should().onlyDependOnClassesThat().resideInAnyPackage(allowed)
                .allowEmptyShould(true).check(TAPKIT);
    }
}
