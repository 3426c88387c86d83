/**
 * The blind listening test: pairs of two bars, a page to answer them, win rates. It stands apart from {@code evaluate}, which
 * needs no ears, and from {@code control.web}, which needs an engine.
 *
 * <pre>
 *   EvaluationSet -&gt; Pairs -&gt; Listening &lt;-- next, clip, answer --&gt; ListeningServer &lt;--&gt; page
 *                              |
 *                              +-&gt; AnswerFile (CSV) -&gt; WinRates
 * </pre>
 *
 * <p>The page gets the sound of both clips and nothing else: no name, and the same question for every comparison.
 */
package tapkit.listen;
