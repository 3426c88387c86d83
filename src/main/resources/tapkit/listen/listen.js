// The page of the listening test. It knows two sounds and their sides, never who plays.

const SIDES = ["left", "right"];
const audio = new AudioContext();
const link = document.getElementById("link");

let pair = null; // index of the pair on the page; null while there is none
let sounds = {}; // AudioBuffer by side
let heard = new Set();
let playing = null; // {side, source, startedAt}
let last = "left"; // what the space bar plays again

const card = (side) => document.getElementById(side);

function say(text, lost = false) {
  link.textContent = text;
  document.body.classList.toggle("lost", lost);
}

async function fetched(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok && answer.status !== 409) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return answer;
}

async function load() {
  pair = null;
  sounds = {};
  heard = new Set();
  refresh();
  try {
    const next = await (await fetched("next")).json();
    progress(next);
    if (next.pair === undefined) {
      finish(next.report);
      return;
    }
    const buffers = await Promise.all(SIDES.map(async (side) => {
      const wav = await (await fetched(`clip/${next.pair}/${side}`)).arrayBuffer();
      return audio.decodeAudioData(wav);
    }));
    SIDES.forEach((side, i) => { sounds[side] = buffers[i]; });
    pair = next.pair;
    last = "left";
    refresh();
  } catch (error) {
    say("tapkit has ended; start it again and this page goes on", true);
    setTimeout(load, 2000);
  }
}

function progress({done, total}) {
  const bar = document.getElementById("progress");
  bar.setAttribute("aria-valuemax", total);
  bar.setAttribute("aria-valuenow", done);
  bar.firstElementChild.style.width = `${100 * done / total}%`;
  say(done < total ? `pair ${done + 1} of ${total}` : `all ${total} answered`);
}

function finish(report) {
  document.getElementById("test").hidden = true;
  document.getElementById("result").hidden = false;
  document.getElementById("report").textContent = report;
}

function refresh() {
  for (const side of SIDES) {
    const on = playing !== null && playing.side === side;
    card(side).classList.toggle("playing", on);
    card(side).querySelector(".play").disabled = pair === null;
    card(side).querySelector(".hint").textContent = on ? "stop" : heard.has(side) ? "play again" : "play";
    card(side).querySelector(".choose").disabled = pair === null || heard.size < SIDES.length;
    card(side).querySelector(".time i").style.width = "0";
  }
}

function stop() {
  if (playing !== null) {
    playing.source.onended = null;
    playing.source.stop();
    playing = null;
  }
}

function toggle(side) {
  const again = playing === null || playing.side !== side;
  stop();
  if (again && pair !== null) {
    audio.resume();
    const source = new AudioBufferSourceNode(audio, {buffer: sounds[side]});
    source.connect(audio.destination);
    source.onended = () => {
      playing = null;
      refresh();
    };
    source.start();
    playing = {side, source, startedAt: audio.currentTime};
    heard.add(side);
    last = side;
    requestAnimationFrame(draw);
  }
  refresh();
}

function draw() {
  if (playing !== null) {
    const share = (audio.currentTime - playing.startedAt) / sounds[playing.side].duration;
    card(playing.side).querySelector(".time i").style.width = `${Math.min(100, 100 * share)}%`;
    requestAnimationFrame(draw);
  }
}

async function choose(side) {
  if (pair === null || heard.size < SIDES.length) {
    return;
  }
  const answered = pair;
  stop();
  pair = null;
  refresh();
  try {
    await fetched("answer", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({pair: answered, choice: side}),
    });
  } catch (error) {
    say("the answer did not arrive; choose again", true);
    pair = answered;
    refresh();
    return;
  }
  load();
}

for (const side of SIDES) {
  card(side).querySelector(".play").addEventListener("click", () => toggle(side));
  card(side).querySelector(".choose").addEventListener("click", () => choose(side));
}

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const act = {
    KeyA: () => toggle("left"),
    KeyB: () => toggle("right"),
    Digit1: () => toggle("left"),
    Digit2: () => toggle("right"),
    ArrowLeft: () => choose("left"),
    ArrowRight: () => choose("right"),
    Space: () => toggle(last),
  }[event.code];
  // Space works a button that was reached with the tab key.
  if (act && !(event.code === "Space" && event.target.closest("button:focus-visible"))) {
    event.preventDefault();
    act();
  }
});

load();
