package tapkit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;

/** What is written is read, as far as it is there. */
class JournalWriterTest {
    private static final Map<String, String> FIELDS = Map.of("seed", "7", "text", "two\nlines, a \\ and a = sign");

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("a.session");
    }

    /** A journal of three blocks of ten bytes each. */
    private byte[] write() throws IOException {
        JournalWriter writer = JournalWriter.open(file(), () -> FIELDS, 64);
        for (int block = 0; block < 3; block++) {
            byte[] bytes = new byte[10];
            Arrays.fill(bytes, (byte) (block + 1));
            assertThat(writer.offer(bytes, 7)).isTrue();
            assertThat(writer.offer(bytes, 3)).isTrue();
            writer.turn(true);
        }
        writer.close();
        return Files.readAllBytes(file());
    }

    private Journal read(byte[] bytes) throws IOException {
        Files.write(file(), bytes);
        return Journal.read(file());
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        Journal journal = read(write());

        assertThat(journal.fields()).isEqualTo(FIELDS);
        assertThat(journal.records()).hasSize(30).startsWith(1, 1).endsWith(3, 3);
        assertThat(journal.tail()).isEmpty();
        assertThat(journal.damage()).isEmpty();
    }

    @Test
    void shouldLoseTheLastBlockAloneWhereverTheFileIsCutOff() throws IOException {
        byte[] whole = write();
        int blocks = whole.length - 3 * 18;
        for (int cut = blocks; cut < whole.length; cut++) {
            Journal journal = read(Arrays.copyOf(whole, cut));
            assertThat(journal.records()).as("cut at %d", cut).hasSize((cut - blocks) / 18 * 10);
            assertThat(journal.tail().isPresent()).isEqualTo((cut - blocks) % 18 != 0);
            assertThat(journal.damage()).isEmpty();
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, cut), whole.length + 50); // as a power cut leaves it
            assertThat(read(zeros).records()).hasSize((cut - blocks) / 18 * 10);
        }
        for (int cut = 0; cut < blocks; cut++) {
            byte[] part = Arrays.copyOf(whole, cut);
            assertThatThrownBy(() -> read(part)).isInstanceOf(UserError.class).hasMessageContaining("a.session")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void shouldSayWhereAFileIsDamagedAndKeepWhatIsBefore() throws IOException {
        byte[] whole = write();
        int blocks = whole.length - 3 * 18;
        for (int at = blocks; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Journal journal = read(damaged);
            int good = (at - blocks) / 18;
            assertThat(journal.records()).hasSize(good * 10);
            assertThat(journal.tail().or(journal::damage)).as("byte %d", at).isPresent();
            boolean length = (at - blocks) % 18 < Integer.BYTES; // a wrong one may look like a file that was cut off
            if (good < 2 && !length) {
                assertThat(journal.damage()).hasValueSatisfying(said -> assertThat(said)
                        .contains("byte " + (blocks + good * 18)));
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoJournalAndWhatIsOfALaterFormat() throws IOException {
        byte[] whole = write();
        assertThatThrownBy(() -> read("MThd and so on, and so on".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UserError.class).hasMessageContaining("no session of tapkit");
        byte[] later = whole.clone();
        later[9] = 9;
        assertThatThrownBy(() -> read(later)).isInstanceOf(UserError.class).hasMessageContaining("format 9");
        byte[] header = whole.clone();
        header[22] ^= 1;
        assertThatThrownBy(() -> read(header)).isInstanceOf(UserError.class).hasMessageContaining("header is damaged");
        assertThatThrownBy(() -> Journal.read(folder)).isInstanceOf(UserError.class).hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> Journal.read(folder.resolve("none"))).isInstanceOf(UserError.class)
                .hasMessageContaining("no such file");
        byte[] text = new byte[0];
        assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class);
    }

    @Test
    void shouldRefuseARecordThatFindsNoRoomAndTakeTheNextOneWhenThereIs() throws IOException {
        JournalWriter writer = JournalWriter.open(file(), () -> FIELDS, 64);
        assertThat(writer.offer(new byte[60], 60)).isTrue();
        assertThat(writer.offer(new byte[5], 5)).isFalse();
        writer.turn(false);
        assertThat(writer.offer(new byte[64], 64)).isTrue();
        writer.close();

        assertThat(Journal.read(file()).records()).hasSize(124);
    }

    @Test
    void shouldPassEveryByteFromThreadToThreadInOrder() throws Exception {
        ByteRing ring = new ByteRing(256);
        byte[] all = new byte[1_000_000];
        new Random(1).nextBytes(all);
        AtomicBoolean done = new AtomicBoolean();
        Thread producer = Thread.ofPlatform().start(() -> {
            byte[] record = new byte[100];
            for (int at = 0, length = 1; at < all.length; length = 1 + (length * 7 + 3) % 100) {
                int n = Math.min(length, all.length - at);
                System.arraycopy(all, at, record, 0, n);
                while (!ring.offer(record, n)) {
                    Thread.onSpinWait();
                }
                at += n;
            }
            done.set(true);
        });
        byte[] got = new byte[all.length + 256];
        int size = 0;
        while (!done.get() || size < all.length) {
            size += ring.drain(got, size);
        }
        producer.join();

        assertThat(size).isEqualTo(all.length);
        assertThat(Arrays.equals(got, 0, size, all, 0, size)).isTrue();
    }

    @Test
    void shouldGoOnWithoutAWordToTheEngineWhenTheDiskIsFull() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "this system has no /dev/full");
        JournalWriter writer = JournalWriter.openExisting(full, () -> FIELDS, 64);
        writer.turn(false);
        for (int i = 0; i < 10; i++) {
            assertThat(writer.offer(new byte[60], 60)).isTrue();
            writer.turn(true);
        }
        assertThat(writer.failed()).isTrue();
        writer.close();
    }

    @Test
    void shouldNeverWriteOverAFile() throws IOException {
        Files.writeString(file(), "mine");
        assertThatThrownBy(() -> JournalWriter.start(file(), () -> FIELDS)).isInstanceOf(UserError.class)
                .hasMessageContaining("a.session");
        assertThat(file()).hasContent("mine");
    }
}
