package tapkit.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.doctor.Finding.Verdict;

class HostChecksTest {
    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void machine(String memlock, String rtprio, String governor, double load) throws IOException {
        write("proc/self/limits", """
                Limit                     Soft Limit           Hard Limit           Units
                Max locked memory         %s              %s              bytes
                Max realtime priority     %s                    %s
                """.formatted(memlock, memlock, rtprio, rtprio));
        write("proc/loadavg", load + " 2.06 2.74 2/345 6789\n");
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
        write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", governor + "\n");
    }

    @Test
    void shouldFindNothingAmissOnAMachineThatIsSetUp() throws Exception {
        machine("unlimited", "95", "performance", 1.5);
        List<Finding> findings = new HostChecks(root, true, 2).examine();
        assertThat(findings).extracting(Finding::check).containsExactly("real-time rights", "locked memory", "processor speed",
                "load");
        assertThat(findings).extracting(Finding::verdict).containsOnly(Verdict.GOOD);
        assertThat(findings.getFirst().what()).contains("95");
        assertThat(findings.getLast().figures()).containsEntry("load", 1.5).containsEntry("cores", 2);
    }

    @Test
    void shouldSayWhatToChangeOnOneThatIsNot() throws Exception {
        machine("8388608", "0", "powersave", 7.25);
        List<Finding> findings = new HostChecks(root, false, 2).examine();
        assertThat(findings).extracting(Finding::verdict).containsOnly(Verdict.HINT);
        assertThat(findings).extracting(Finding::remedy).noneMatch(String::isEmpty);
        assertThat(findings.get(0).remedy()).contains("95-tapkit-realtime.conf", "usermod");
        assertThat(findings.get(1).what()).contains("8 MB");
        assertThat(findings.get(2).what()).contains("performance, powersave");
        assertThat(findings.get(3).what()).contains("7.3");
    }

    @Test
    void shouldSayNothingOfWhatASystemDoesNotHave() throws Exception {
        assertThat(new HostChecks(root, true, 2).examine()).isEmpty();
        write("proc/self/limits", "");
        assertThat(new HostChecks(root, true, 2).examine()).hasSize(1);
    }

    @Test
    void shouldReadThisMachine() {
        assertThat(new HostChecks().examine()).noneMatch(finding -> finding.verdict() == Verdict.BAD)
                .noneMatch(finding -> finding.what().isEmpty());
    }
}
