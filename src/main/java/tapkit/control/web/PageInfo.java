package tapkit.control.web;

/**
 * What the page says about this run beside the engine's state, in words for people.
 *
 * @param ports     the open MIDI ports, or that there are none
 * @param model     the model that answers
 * @param recording the file that is being recorded; empty if none
 */
public record PageInfo(String ports, String model, String recording) {
}
