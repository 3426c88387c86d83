/**
 * The file in which a session is kept so that it can be played again. This room knows records only as bytes: what is in them is the
 * engine's to say ({@link tapkit.engine.Replay}).
 *
 * <pre>
 *  engine thread --offer--> [ring of bytes] --> writer thread --> file: header, block, block ...
 * </pre>
 *
 * The engine's thread never waits: a record that finds the ring full is refused, and the engine stops noting. Each block has a length and a
 * checksum; a file that ends in the midst of one has lost that block and nothing else. {@code docs/sessions.md} describes every byte.
 */
package tapkit.journal;
