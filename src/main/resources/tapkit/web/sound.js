import {EvenDelay} from './even-delay.js';
import {Kit} from './kit.js';

/** How far ahead a DynamicsCompressorNode looks, and so delays, in s. */
const COMPRESSOR_DELAY = 0.006;

/** Everything that sounds in the page, in time with performance.now(). */
export class Sound {
  /** Drums that were played here, and how many of them came after their time and were played at once. */
  drums = 0;
  late = 0;
  #context = new AudioContext({latencyHint: 'interactive'});
  #volume = new GainNode(this.#context);
  #kit;
  #offsets = [];
  #delay = new EvenDelay();

  constructor() {
    const compressor = new DynamicsCompressorNode(this.#context, {threshold: -14, knee: 10, ratio: 4, attack: 0.004, release: 0.14});
    compressor.connect(this.#volume);
    // The limiter's curve reaches from -1 to 1 and stands for four times that.
    this.#volume.connect(new GainNode(this.#context, {gain: 0.25})).connect(limiter(this.#context))
        .connect(this.#context.destination);
    this.#kit = new Kit(this.#context, compressor);
    this.#context.onstatechange = () => this.#offsets = [];
    setInterval(() => this.#measure(), 100);
  }

  /** To be called from a user's gesture: browsers keep quiet until then. */
  wake() {
    if (this.#context.state !== 'running') {
      this.#context.resume();
    }
  }

  get on() {
    return this.#context.state === 'running';
  }

  /** Time from here to the loudspeaker, in ms, as far as the browser knows it. */
  get latency() {
    return 1000 * (this.#context.outputLatency || this.#context.baseLatency || 0);
  }

  /** By how much drums are played later than they should, because the loudspeaker is too far behind, in ms. */
  get delay() {
    return 1000 * this.#delay.seconds;
  }

  set volume(volume) {
    this.#volume.gain.setTargetAtTime(volume * volume, this.#context.currentTime, 0.02);
  }

  /** A drum, to be heard at a time of performance.now(). */
  drum(voice, velocity, atPageMs) {
    if (this.on) {
      const now = this.#context.currentTime;
      const when = this.#when(atPageMs) + this.#delay.seconds - COMPRESSOR_DELAY;
      this.#kit.hit(voice, velocity / 127, Math.max(when, now));
      this.#delay.judge(now - when, now);
      this.drums++;
      this.late += when < now ? 1 : 0;
    }
  }

  /** The player's own stroke, at once: a short stick. */
  tap(velocity) {
    if (this.on) {
      this.#blip(1150, 0.12 + 0.25 * velocity / 127, 0.009, this.#context.currentTime);
    }
  }

  /** The metronome, to be heard at a time of performance.now(). */
  click(accent, atPageMs) {
    const when = this.#when(atPageMs);
    if (this.on && when >= this.#context.currentTime) {
      this.#blip(accent ? 2100 : 1400, accent ? 0.34 : 0.2, 0.014, when);
    }
  }

  silence() {
    this.#kit.silence();
  }

  #blip(hertz, peak, fall, when) {
    const oscillator = new OscillatorNode(this.#context, {type: 'triangle', frequency: hertz});
    const envelope = new GainNode(this.#context, {gain: 0});
    envelope.gain.setValueAtTime(0, when);
    envelope.gain.linearRampToValueAtTime(peak, when + 0.001);
    envelope.gain.setTargetAtTime(0, when + 0.001, fall);
    oscillator.connect(envelope).connect(this.#volume);
    oscillator.start(when);
    oscillator.stop(when + 8 * fall);
  }

  /** The audio context's time at which a sound must start to be heard at a time of performance.now(). */
  #when(pageMs) {
    if (this.#offsets.length === 0) {
      this.#measure();
    }
    const sorted = this.#offsets.toSorted((a, b) => a - b);
    return pageMs / 1000 - sorted[sorted.length >> 1];
  }

  /** Measures performance.now() less the time of what is heard just then. Single readings jump by milliseconds; their median doesn't. */
  #measure() {
    if (!this.on && this.#offsets.length > 0) {
      return;
    }
    const guess = performance.now() / 1000 - this.#context.currentTime + this.latency / 1000;
    const stamp = this.#context.getOutputTimestamp?.() ?? {};
    const exact = stamp.performanceTime / 1000 - stamp.contextTime;
    this.#offsets.push(stamp.contextTime > 0 && Math.abs(exact - guess) < 0.5 ? exact : guess);
    if (this.#offsets.length > 21) {
      this.#offsets.shift();
    }
  }
}

/** A last guard against overload: linear up to −3 dB, then a soft shoulder. */
function limiter(context) {
  const knee = 0.7;
  const curve = Float32Array.from({length: 4097}, (_, i) => {
    const x = 4 * (i / 2048 - 1);
    const over = Math.abs(x) - knee;
    return over <= 0 ? x : Math.sign(x) * (knee + (1 - knee) * Math.tanh(over / (1 - knee)));
  });
  return new WaveShaperNode(context, {curve});
}
