package tapkit.doctor;

import java.util.ArrayList;
import java.util.List;
import tapkit.doctor.Finding.Verdict;
import tapkit.model.Models;
import tapkit.port.Backends;

/** Makes all checks. Takes some ten seconds, most of them listening to the server. */
public final class Doctor {
    private Doctor() {
    }

    /** Everything there is to say about this machine. */
    public static List<Finding> examine() throws InterruptedException {
        List<Finding> findings = new ArrayList<>(new HostChecks().examine());
        findings.addAll(JvmChecks.examine());
        PortChecks ports = new PortChecks(Backends.all());
        findings.addAll(ports.examine());
        findings.add(ModelCheck.examine(Models.TAP2DRUM));
        findings.add(JitterCheck.examine(ports.needTimedThread()));
        return findings;
    }

    /** Whether one can play on a machine of which this was found. */
    public static boolean isFit(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.verdict() == Verdict.BAD);
    }
}
