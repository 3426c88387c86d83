/** From what a pad sends to taps: which notes count, and whether their velocity says anything. Nothing here reads the time. */
package tapkit.tap;
