package tapkit.doctor;

import java.util.Arrays;
import java.util.Map;
import tapkit.UserError;
import tapkit.grid.TapWindow;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.Prediction;
import tapkit.model.TapModel;

/** Whether the model is there and answers in time. */
final class ModelCheck {
    /** Hits are handed over so long before they sound. */
    private static final double LIMIT_MILLIS = 60;
    private static final double GOOD_MILLIS = 20;
    private static final int ANSWERS = 40;

    private ModelCheck() {
    }

    static Finding examine(String name) {
        try (TapModel model = Models.load(name).openWarm(InferenceEngine.VECTOR)) {
            TapWindow window = new TapWindow();
            for (int step = 0; step < 32; step += 4) {
                window.add(step, 0, 0.7f);
            }
            window.bpm = 120;
            Prediction prediction = new Prediction();
            double[] millis = new double[ANSWERS];
            for (int i = 0; i < ANSWERS; i++) {
                long begun = System.nanoTime();
                model.predict(window, prediction);
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
            Arrays.sort(millis);
            return judge(name, millis[ANSWERS / 2], millis[ANSWERS - 1]);
        } catch (UserError e) {
            return Finding.bad("model", e.getMessage(), "restore models/ from the repository, or name another with --model");
        }
    }

    static Finding judge(String name, double median, double worst) {
        String what = "%s loads; an answer takes %.1f ms, at worst %.1f ms".formatted(name, median, worst);
        Finding finding = worst <= GOOD_MILLIS
                ? Finding.good("model", what)
                : median <= LIMIT_MILLIS
                        ? Finding.hint("model", what + ": some answers may come a bar late", "end what else is busy")
                        : Finding.bad("model", what + ": answers come too late",
                                "end what else is busy, or take a faster machine");
        return finding.with(Map.of("p50_ms", median, "max_ms", worst));
    }
}
