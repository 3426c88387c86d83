/**
 * What a run is started with: defaults, below a file, below the environment, below flags. Files are TOML; whatever is wrong in one is named
 * with its line. {@link tapkit.config.Setting} lists every key, {@code docs/settings.md} describes them.
 */
package tapkit.config;
