/**
 * {@code tapkit bench inference}, and what the JMH benchmarks of {@code src/bench} run: {@link tapkit.bench.inference.Workload}s
 * beside a {@link tapkit.bench.inference.Floor} measured on the same machine in the same seconds.
 */
package tapkit.bench.inference;
