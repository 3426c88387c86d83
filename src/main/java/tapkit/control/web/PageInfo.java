package tapkit.control.web;

import java.util.List;

/**
 * What the page says about this run beside the engine's state, in words for people.
 *
 * @param ports     the open MIDI ports, or that there are none
 * @param trouble   which ports are lost or unplugged; empty while all is well
 * @param models    the models that were loaded, by their number
 * @param presets   the presets that were loaded, by their number
 * @param recording the file that is being recorded; empty if none
 */
public record PageInfo(String ports, String trouble, List<String> models, List<String> presets, String recording) {
    public PageInfo {
        models = List.copyOf(models);
        presets = List.copyOf(presets);
    }

    /** Of a run without trouble, with one model and no presets. */
    public PageInfo(String ports, String model, String recording) {
        this(ports, "", List.of(model), List.of(), recording);
    }
}
