package tapkit.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.JackServer;
import tapkit.doctor.Finding.Verdict;
import tapkit.model.Models;
import tapkit.port.jack.JackBackend;

/** The checks against a real server and the model that ships. */
class DoctorIT {
    @Test
    void shouldExamineARealServer() throws Exception {
        try (JackServer server = JackServer.start()) {
            PortChecks checks = new PortChecks(List.of(new JackBackend("no-such-server"), new JackBackend(server.name())));
            assertThat(checks.needTimedThread()).isFalse();
            List<Finding> findings = checks.examine();
            assertThat(findings).extracting(Finding::check).containsExactly("MIDI", "JACK server", "xruns", "ports");
            assertThat(findings.get(0).what()).contains("through jack", "no-such-server");
            assertThat(findings.get(1).what()).contains("jackd", "128 frames at 48000 Hz");
            assertThat(findings.get(1).figures()).containsEntry("period_frames", 128);
            assertThat(findings.get(2).what()).containsAnyOf("none in 3 seconds", "missed");
        }
    }

    @Test
    void shouldSayWhyThereIsNoServer() throws Exception {
        PortChecks checks = new PortChecks(List.of(new JackBackend("no-such-server")));
        assertThat(checks.needTimedThread()).isTrue();
        assertThat(checks.examine()).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.HINT);
            assertThat(finding.what()).contains("no JACK server");
        });
    }

    @Test
    void shouldLoadTheModelThatShips() {
        assertThat(ModelCheck.examine(Models.TAP2DRUM).what()).contains("tap2drum loads; an answer takes");
    }
}
