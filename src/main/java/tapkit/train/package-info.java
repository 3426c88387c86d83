/**
 * Training with DL4J: the loop with its checkpoints ({@link tapkit.train.Trainer}), what it trains
 * ({@link tapkit.train.TrainingTask}), what is drawn from the dataset, the choice of thresholds, the model card. An epoch's
 * randomness is a function of the seed and the epoch, so a run that was stopped goes on as if it had not been.
 */
package tapkit.train;
