/** Inputs that stand in this browser as they were left: by their id or, for a choice, their name. */
export function remember(inputs) {
  for (const input of inputs) {
    const key = `tapkit ${input.id || input.name}`;
    const kept = read(key);
    if (kept !== null && input.type === 'radio') {
      input.checked = input.value === kept;
    } else if (kept !== null && input.type === 'checkbox') {
      input.checked = kept === 'true';
    } else if (kept !== null) {
      input.value = kept;
    }
    input.addEventListener('change', () => write(key, input.type === 'checkbox' ? input.checked : input.value));
  }
}

/** Browsers may refuse, in private windows for one: then nothing is remembered. */
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // see above
  }
}
