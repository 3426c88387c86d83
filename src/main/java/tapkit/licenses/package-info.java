/** Under which terms tapkit and the libraries that it ships with are: what {@code tapkit licenses} prints. */
package tapkit.licenses;
