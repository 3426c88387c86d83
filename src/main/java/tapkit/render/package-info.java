/**
 * Drums to things that people hear and see without any MIDI gear: a WAV file and a piano roll. It stands apart from
 * {@code data}, which holds what the music is, because it decides how the music sounds and looks, and from {@code evaluate},
 * which measures. Nothing here needs a sound card, a screen or an installed font, and the same score gives the same bytes
 * on any machine.
 *
 * <p>The kit is the project's own because the one in the JDK's synthesiser (Gervill's emergency sound bank) plays crash and
 * ride with the same sound and gets louder, but not brighter, with velocity.
 */
package tapkit.render;
