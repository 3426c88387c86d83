/**
 * What can be seen of a running engine without touching it: snapshots, feeds of what is played, histograms of lateness, the
 * recording. The engine's thread writes wait-free; everyone else reads on threads of their own.
 */
package tapkit.telemetry;
