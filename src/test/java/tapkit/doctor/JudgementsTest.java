package tapkit.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.doctor.Finding.Verdict;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;
import tapkit.port.jack.JackServerInfo;

/** Where the borders lie between fit, fit with a hint, and not fit. */
class JudgementsTest {
    private static final PortInfo PAD = new PortInfo("test", "pad", "Pad", Direction.IN);
    private static final PortInfo KIT = new PortInfo("test", "kit", "Kit", Direction.OUT);

    private static Verdict server(int frames, boolean realTime) {
        return PortChecks.server(new JackServerInfo("jackd", 48_000, frames, realTime)).verdict();
    }

    @Test
    void shouldJudgeServers() {
        assertThat(server(128, true)).isEqualTo(Verdict.GOOD);
        assertThat(server(1024, true)).isEqualTo(Verdict.HINT);
        assertThat(server(128, false)).isEqualTo(Verdict.HINT);
        assertThat(PortChecks.server(new JackServerInfo("jackd", 48_000, 128, true)).what()).contains("128 frames", "48000",
                "2.7 ms");
        assertThat(PortChecks.xruns(0).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(PortChecks.xruns(1).verdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void shouldJudgePorts() {
        assertThat(PortChecks.ports(List.of(PAD, KIT)).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(PortChecks.ports(List.of(PAD)).verdict()).isEqualTo(Verdict.HINT);
        assertThat(PortChecks.ports(List.of(PAD)).what()).isEqualTo("pads: Pad; drums: none");
    }

    @Test
    void shouldJudgeJitterByWhetherItIsHeard() {
        assertThat(JitterCheck.judge(true, 5, 300, 9000).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(JitterCheck.judge(true, 5, 2000, 9000).verdict()).isEqualTo(Verdict.HINT);
        assertThat(JitterCheck.judge(true, 5, 5000, 9000).verdict()).isEqualTo(Verdict.BAD);
        assertThat(JitterCheck.judge(false, 5, 5000, 9000).verdict()).as("the kernel does the timing").isEqualTo(Verdict.HINT);
    }

    @Test
    void shouldJudgeTheModelByItsAnswers() {
        assertThat(ModelCheck.judge("m", 1, 5).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(ModelCheck.judge("m", 1, 50).verdict()).isEqualTo(Verdict.HINT);
        assertThat(ModelCheck.judge("m", 80, 90).verdict()).isEqualTo(Verdict.BAD);
        assertThat(ModelCheck.examine("no-such-model").verdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void shouldJudgeTheJavaMachine() {
        assertThat(JvmChecks.collector(List.of("ZGC Minor Cycles", "ZGC Major Pauses")).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(JvmChecks.collector(List.of("Copy", "MarkSweepCompact")).verdict()).isEqualTo(Verdict.HINT);
        assertThat(JvmChecks.vectors(false).verdict()).isEqualTo(Verdict.BAD);
        assertThat(JvmChecks.examine()).hasSize(2);
    }

    @Test
    void shouldBeFitUnlessSomethingIsBad() {
        Finding good = Finding.good("a", "b");
        Finding hint = Finding.hint("a", "b", "c");
        assertThat(Doctor.isFit(List.of(good, hint))).isTrue();
        assertThat(Doctor.isFit(List.of(good, Finding.bad("a", "b", "c"), hint))).isFalse();
    }

    /** The real thread, on a machine of which nothing is promised. */
    @Test
    void shouldMeasureTheTimedThread() throws Exception {
        Finding finding = JitterCheck.examine(false);
        assertThat(finding.verdict()).isNotEqualTo(Verdict.BAD);
        assertThat(finding.figures().get("max_us").doubleValue()).isPositive();
    }
}
