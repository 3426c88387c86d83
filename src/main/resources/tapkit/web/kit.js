/**
 * A drum kit made of oscillators and noise. Every voice gets louder and brighter with velocity. Nothing starts or stops with a
 * step: envelopes rise within a millisecond or two and fall exponentially.
 */
const PAN = [0, 0.06, -0.34, -0.34, 0.42, 0.12, -0.18, -0.5, 0.5];
const ATTACK = 0.0012;
/** An exponential fall is cut after this many time constants, at −70 dB. */
const TAIL = 8;

export class Kit {
  #context;
  #destination;
  #bus;
  #noise;
  #metal;
  #cymbal;
  #openHats = [];
  #closedHats = [];

  constructor(context, destination) {
    this.#context = context;
    this.#destination = destination;
    const random = generator(20190);
    this.#noise = buffer(context.sampleRate, 2, () => 2 * random() - 1);
    this.#metal = buffer(context.sampleRate, 2, squares(context.sampleRate, random));
    this.#cymbal = partials(context.sampleRate, 3, random);
    this.#renewBus();
  }

  /** Plays a voice (0 to 8) with a velocity in (0, 1] at a time of the audio context. */
  hit(voice, velocity, when) {
    const out = new StereoPannerNode(this.#context, {pan: PAN[voice]});
    out.connect(this.#bus);
    const level = Math.pow(velocity, 1.4);
    [this.#kick, this.#snare, this.#closedHat, this.#openHat, this.#lowTom, this.#midTom, this.#highTom, this.#crash,
      this.#ride][voice].call(this, out, velocity, level, when);
  }

  /** Fades out within 20 ms what sounds, and forgets what is scheduled. */
  silence() {
    const old = this.#bus;
    const now = this.#context.currentTime;
    old.gain.setValueAtTime(1, now);
    old.gain.linearRampToValueAtTime(0, now + 0.02);
    setTimeout(() => old.disconnect(), 100);
    this.#openHats = [];
    this.#closedHats = [];
    this.#renewBus();
  }

  #renewBus() {
    this.#bus = new GainNode(this.#context);
    this.#bus.connect(this.#destination);
  }

  #kick(out, v, level, when) {
    this.#tone(out, 'sine', [105 + 75 * v, 47, 0.028], 1.0 * level, 0.1, when);
    this.#sound(this.#noise, out, 0.5 * level, 0.005, when, ['lowpass', 900 + 5500 * v * v]);
  }

  #snare(out, v, level, when) {
    this.#tone(out, 'triangle', [235, 182, 0.02], 0.5 * level, 0.045, when);
    this.#tone(out, 'sine', [410, 331, 0.02], 0.22 * level, 0.03, when);
    this.#sound(this.#noise, out, 0.55 * level, 0.045 + 0.03 * v, when, ['highpass', 900], ['lowpass', 2200 + 9500 * v]);
  }

  #closedHat(out, v, level, when) {
    for (const open of this.#openHats) {
      if (open.when < when) {
        open.choke.gain.setTargetAtTime(0, when, 0.008);
      }
    }
    this.#closedHats = this.#closedHats.filter(closed => closed > when - 2).concat(when);
    this.#hat(out, v, 0.5 * level, 0.018 + 0.014 * v, when);
  }

  #openHat(out, v, level, when) {
    const choke = new GainNode(this.#context);
    choke.connect(out);
    const next = this.#closedHats.filter(closed => closed > when);
    if (next.length > 0) {
      choke.gain.setTargetAtTime(0, Math.min(...next), 0.008);
    }
    this.#openHats = this.#openHats.filter(open => open.when > when - 2).concat({when, choke});
    this.#hat(choke, v, 0.42 * level, 0.13 + 0.08 * v, when);
  }

  #hat(out, v, level, fall, when) {
    this.#sound(this.#metal, out, level, fall, when, ['highpass', 5200 + 1800 * v], ['lowpass', 7000 + 9000 * v]);
  }

  #lowTom(out, v, level, when) {
    this.#tom(out, v, level, when, 82, 0.17);
  }

  #midTom(out, v, level, when) {
    this.#tom(out, v, level, when, 118, 0.14);
  }

  #highTom(out, v, level, when) {
    this.#tom(out, v, level, when, 164, 0.115);
  }

  #tom(out, v, level, when, hertz, fall) {
    this.#tone(out, 'sine', [hertz * (1.25 + 0.35 * v), hertz, 0.035], 0.75 * level, fall, when);
    this.#tone(out, 'triangle', [hertz * 1.6, hertz * 1.52, 0.03], 0.2 * level * v, fall / 3, when);
    this.#sound(this.#noise, out, 0.3 * level, 0.012, when, ['bandpass', hertz * 6], ['lowpass', 700 + 5000 * v]);
  }

  #crash(out, v, level, when) {
    this.#sound(this.#cymbal, out, 0.5 * level, 0.42 + 0.25 * v, when, ['highpass', 420], ['lowpass', 4500 + 11000 * v, 3200]);
    this.#sound(this.#noise, out, 0.22 * level, 0.12 + 0.1 * v, when, ['highpass', 3800], ['lowpass', 6000 + 9000 * v]);
  }

  #ride(out, v, level, when) {
    this.#sound(this.#cymbal, out, 0.26 * level, 0.32, when, ['highpass', 2600], ['lowpass', 3400 + 10500 * v]);
    this.#tone(out, 'sine', [3126, 3120, 0.1], 0.07 * level, 0.16, when);
    this.#tone(out, 'sine', [4713, 4710, 0.1], 0.06 * level * v, 0.12, when);
    this.#tone(out, 'triangle', [842, 840, 0.1], 0.05 * level * v * v, 0.2, when);
  }

  /** An oscillator that falls from one pitch to another ([Hz, Hz, time constant]). */
  #tone(out, type, [from, to, glide], peak, fall, when) {
    const oscillator = new OscillatorNode(this.#context, {type, frequency: from});
    oscillator.frequency.setValueAtTime(from, when);
    oscillator.frequency.setTargetAtTime(to, when, glide);
    oscillator.start(when);
    this.#play(oscillator, oscillator, out, peak, fall, when);
  }

  /** A stretch of a buffer through filters, each [type, Hz] or [type, Hz, Hz it falls to]. */
  #sound(source, out, peak, fall, when, ...filters) {
    const node = new AudioBufferSourceNode(this.#context, {buffer: source, loop: true});
    let last = node;
    for (const [type, hertz, to] of filters) {
      const filter = new BiquadFilterNode(this.#context, {type, frequency: hertz, Q: type === 'bandpass' ? 0.8 : 0.5});
      if (to) {
        filter.frequency.setValueAtTime(hertz, when);
        filter.frequency.setTargetAtTime(to, when, fall);
      }
      last = last.connect(filter);
    }
    // A new place of the buffer each time, so that a roll doesn't sound like a machine.
    node.start(when, (when * 7.31) % (source.duration / 2));
    this.#play(node, last, out, peak, fall, when);
  }

  #play(source, last, out, peak, fall, when) {
    const envelope = new GainNode(this.#context, {gain: 0});
    envelope.gain.setValueAtTime(0, when);
    envelope.gain.linearRampToValueAtTime(peak, when + ATTACK);
    envelope.gain.setTargetAtTime(0, when + ATTACK, fall);
    last.connect(envelope).connect(out);
    source.stop(when + ATTACK + TAIL * fall);
  }
}

function buffer(sampleRate, seconds, sample) {
  const made = new AudioBuffer({length: Math.round(seconds * sampleRate), sampleRate});
  const data = made.getChannelData(0);
  for (let i = 0; i < data.length; i++) {
    data[i] = sample(i);
  }
  return made;
}

/** The six square waves of an analogue hi-hat, an octave up, with some noise between. */
function squares(sampleRate, random) {
  const hertz = [411.2, 608.8, 739.2, 1045.4, 1080, 1600];
  return i => hertz.reduce((sum, f) => sum + ((i * f / sampleRate) % 1 < 0.5 ? 1 : -1), 0) / 6 + 0.7 * (random() - 0.5);
}

/** Bronze: many partials without harmony, denser towards the top, that beat against each other. */
function partials(sampleRate, seconds, random) {
  const sum = new Float32Array(Math.round(seconds * sampleRate));
  for (let k = 0; k < 90; k++) {
    const step = 2 * Math.PI * 340 * Math.pow(38, Math.pow(random(), 0.7)) / sampleRate;
    const turn = 2 * Math.cos(step);
    let before = Math.sin(2 * Math.PI * random());
    let now = Math.sin(Math.asin(before) + step);
    for (let i = 0; i < sum.length; i++) {
      sum[i] += now;
      const next = turn * now - before;
      before = now;
      now = next;
    }
  }
  return buffer(sampleRate, seconds, i => sum[i] / 14 + 0.35 * (random() - 0.5));
}

/** Mulberry32: the same noise on every machine. */
function generator(seed) {
  return () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
