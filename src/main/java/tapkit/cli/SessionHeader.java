package tapkit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tapkit.engine.Session;
import tapkit.grid.Voice;
import tapkit.model.Fills;
import tapkit.model.Models;
import tapkit.tap.KitMap;

/** What the header of a session's journal says: what it was played with. */
final class SessionHeader {
    private SessionHeader() {
    }

    /** Reads the models' files for their sums, so not on a thread that is in a hurry. */
    static Map<String, String> fields(PlaySession.Plan plan, Session session) {
        Map<String, String> fields = new TreeMap<>(session.fields());
        fields.put("tapkit", Main.version());
        fields.put("began", OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("models", String.join(",", plan.models()));
        fields.put("models-sha256",
                plan.models().stream().map(name -> sha256(Models.file(name))).collect(Collectors.joining(",")));
        fields.put("fills-sha256", sha256(Models.file(Fills.SHIPPED)));
        fields.put("engine", plan.computes().toString());
        plan.offsets().millis().forEach((port, millis) -> fields.put("sync-offset." + port, Double.toString(millis)));
        for (int input = 0; input < plan.pads().size(); input++) {
            fields.put("kit-in" + (input + 1), kit(plan.pads().get(input).kit()));
        }
        fields.put("kit-out", kit(plan.output().kit()));
        fields.put("hi-hat-pedal", plan.output().pedal().toString());
        return fields;
    }

    private static String kit(KitMap kit) {
        return kit.name() + " " + Arrays.stream(Voice.values())
                .map(voice -> voice.label() + ":"
                        + kit.notes(voice).stream().map(String::valueOf).collect(Collectors.joining("/")))
                .collect(Collectors.joining(" "));
    }

    /** Whether the models of a session are here, the same to the byte. */
    static boolean hasModels(Map<String, String> fields) {
        String[] names = fields.getOrDefault("models", "").split(",", -1);
        String[] sums = fields.getOrDefault("models-sha256", "").split(",", -1);
        return names.length == sums.length
                && IntStream.range(0, names.length).allMatch(i -> !sums[i].isEmpty() && sha256(file(names[i])).equals(sums[i]));
    }

    private static Path file(String model) {
        try {
            return Models.file(model);
        } catch (RuntimeException e) {
            return Path.of(model);
        }
    }

    /** The sum of a file, in hexadecimal; empty if it cannot be read. */
    private static String sha256(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
