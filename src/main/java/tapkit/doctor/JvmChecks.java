package tapkit.doctor;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The Java machine that this runs in, which is started as the one that plays. */
final class JvmChecks {
    private JvmChecks() {
    }

    static List<Finding> examine() {
        List<String> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
                .toList();
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return List.of(collector(collectors), vectors(vectors));
    }

    static Finding collector(List<String> collectors) {
        return collectors.stream().anyMatch(name -> name.startsWith("ZGC"))
                ? Finding.good("garbage collector", "ZGC: its pauses stay below a millisecond")
                : Finding.hint("garbage collector",
                        String.join(", ", collectors) + " may stop everything for many milliseconds",
                        "start through ./tapkit without another collector in TAPKIT_JAVA_OPTS");
    }

    static Finding vectors(boolean there) {
        return there
                ? Finding.good("vector instructions", "Java " + Runtime.version().feature() + " with the Vector API")
                : Finding.bad("vector instructions",
                        "the module jdk.incubator.vector is not there, so no model can be computed in time",
                        "start through ./tapkit, or with --add-modules=jdk.incubator.vector");
    }
}
