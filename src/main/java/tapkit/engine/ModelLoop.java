package tapkit.engine;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import tapkit.port.RealTime;

/**
 * The model's thread, and the two rings between it and the engine's. Of the questions that wait, the latest about each bar and
 * the latest about a tap to come are answered: that about a tap first, then the earlier bar, for at a bar line there may be one about
 * either side.
 */
final class ModelLoop implements Agent, Inference {
    private static final int SLOTS = 64;
    private static final int TAP = 2;

    private final Responder responder;
    private final RingBuffer<Question> questions = RingBuffer.createSingleProducer(Question::new, SLOTS,
            new YieldingWaitStrategy());
    private final RingBuffer<Answer> answers = RingBuffer.createSingleProducer(Answer::new, SLOTS, new YieldingWaitStrategy());
    private final EventPoller<Question> questionPoller = questions.newPoller();
    private final EventPoller<Answer> answerPoller = answers.newPoller();
    private final EventPoller.Handler<Question> keepLatest = (question, sequence, endOfBatch) -> {
        keep(question);
        return true;
    };
    private final EventPoller.Handler<Answer> copyAnswer = (answer, sequence, endOfBatch) -> {
        this.into.copyFrom(answer);
        return false;
    };
    /** Two bars, and a tap to come. */
    private final Question[] waiting = {new Question(), new Question(), new Question()};
    private final boolean[] waits = new boolean[waiting.length];
    private Answer into = new Answer();
    private Runnable wake = () -> {
    };

    ModelLoop(Responder responder) {
        this.responder = responder;
        questions.addGatingSequences(questionPoller.getSequence());
        answers.addGatingSequences(answerPoller.getSequence());
    }

    /** @param wakeModel ends the model thread's park */
    void wakeWith(Runnable wakeModel) {
        wake = wakeModel;
    }

    @Override
    public void onStart() {
        RealTime.request(RealTime.MODEL);
    }

    @Override
    public String roleName() {
        return "tapkit-model";
    }

    @Override
    public int doWork(long nowNanos) {
        poll(questionPoller, keepLatest);
        int next = next();
        if (next < 0) {
            return 0;
        }
        waits[next] = false;
        long sequence;
        try {
            sequence = answers.tryNext();
        } catch (InsufficientCapacityException e) { // the engine does not turn; nobody would hear the answer
            return 0;
        }
        Answer answer = answers.get(sequence);
        long begun = System.nanoTime();
        responder.respond(waiting[next], answer);
        answer.micros = (System.nanoTime() - begun) / 1e3;
        answers.publish(sequence);
        return 1;
    }

    @Override
    public boolean ask(Question question) {
        try {
            long sequence = questions.tryNext();
            questions.get(sequence).copyFrom(question);
            questions.publish(sequence);
        } catch (InsufficientCapacityException e) { // one instance, without a stack trace
            return false;
        }
        wake.run();
        return true;
    }

    @Override
    public boolean poll(Answer answer) {
        into = answer;
        return poll(answerPoller, copyAnswer) == EventPoller.PollState.PROCESSING;
    }

    private void keep(Question question) {
        int slot = question.step == Question.NO_STEP ? (int) (question.bar & 1) : TAP;
        waiting[slot].copyFrom(question);
        waits[slot] = true;
    }

    private int next() {
        if (waits[TAP]) {
            return TAP;
        }
        if (waits[0] && waits[1]) {
            return waiting[0].bar < waiting[1].bar ? 0 : 1;
        }
        return waits[0] ? 0 : waits[1] ? 1 : -1;
    }

    private static <E> EventPoller.PollState poll(EventPoller<E> poller, EventPoller.Handler<E> handler) {
        try {
            return poller.poll(handler);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
