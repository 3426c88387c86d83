package tapkit.port.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.UserError;
import tapkit.port.PortPlan;

/** What can be said without a sequencer; .ci/vm plays with a real one. */
class AlsaBackendTest {
    private final AlsaBackend backend = new AlsaBackend();

    @Test
    void shouldSayInPlainWordsThatThereIsNoSequencer() {
        assumeFalse(Files.exists(Path.of("/dev/snd/seq")), "this machine has one");
        assertThat(backend.unavailable()).hasValueSatisfying(
                reason -> assertThat(reason).matches(".*(modprobe snd-seq|apt install libasound2).*"));
        assertThat(backend.ports()).isEmpty();
        assertThatThrownBy(() -> backend.open(new PortPlan(List.of(), null, null, false), (message, at) -> {
        }, (message, at) -> {
        })).isInstanceOf(UserError.class).hasMessageStartingWith("ALSA: ");
    }

    @Test
    void shouldTellARightThatIsMissingFromADeviceThatIs() {
        assertThat(AlsaBackend.reason(AlsaLibrary.EACCES)).contains("group audio");
        assertThat(AlsaBackend.reason(AlsaLibrary.ENOENT)).contains("modprobe snd-seq");
    }

    /** Its size is fixed by the kernel's interface; the functions are looked up when the class is loaded. */
    @Test
    void shouldFindEveryFunctionOfTheLibrary() {
        assumeTrue(AlsaLibrary.Library.FOUND.isPresent(), "libasound is not installed");
        try (Arena arena = Arena.ofConfined()) {
            assertThat(AlsaClient.structure(arena, AlsaLibrary.PORT_INFO_SIZE)).isNotZero();
        }
        assertThat(AlsaLibrary.errorText(AlsaLibrary.EBUSY)).containsIgnoringCase("busy");
    }
}
