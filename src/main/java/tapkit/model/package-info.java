/**
 * Networks: music → features → {@link tapkit.model.LstmNetwork} → what its heads say → music.
 *
 * <p>One network serves all tasks; a task is its features and its heads ({@link tapkit.model.LstmConfig}). Tap2Drum, the live
 * one: {@link tapkit.grid.TapWindow} → {@link tapkit.model.TapFeatures} → {@link tapkit.model.TapModel} →
 * {@link tapkit.model.Prediction} → {@link tapkit.model.Decoder} → {@link tapkit.grid.Groove}.
 *
 * <p>Sizes ({@link tapkit.model.LstmConfig}), weights ({@link tapkit.model.LstmWeights}, immutable, mapped, shared) and state
 * (preallocated, one thread's) are kept apart. The scalar kernel is read beside the equations and is the oracle of the vector
 * kernel, all of whose products are {@code PackedMatrix}'s, which keep weights in the {@link tapkit.model.Precision} of one's choice.
 * {@link tapkit.model.NumberType} is how numbers lie in a file, {@link tapkit.model.Models} finds files,
 * {@link tapkit.model.InferenceEngine} chooses the kernel. Only {@code model.nd4j} knows ND4J.
 */
package tapkit.model;
