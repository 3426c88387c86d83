/**
 * What {@code tapkit bench} measures on the user's own machine: the parts of the live path, as they are, against a reference in
 * the same run.
 */
package tapkit.bench;
