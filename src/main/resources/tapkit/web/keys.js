/** What keys do beside the pads'. actions: {code of a key: function of its event}. */
export function listenToKeys(pads, actions, wake) {
  addEventListener('keydown', event => {
    wake();
    if (event.ctrlKey || event.metaKey || event.altKey || wants(event.target, event.code)) {
      return;
    }
    if (pads.key(event)) {
      event.preventDefault();
    } else if (actions[event.code]) {
      event.preventDefault();
      if (!event.repeat || event.code.startsWith('Arrow')) {
        actions[event.code](event);
      }
    }
  });
  addEventListener('keyup', event => {
    if (event.target.matches('.pad')) {
      event.preventDefault();
    }
  });
  // What was worked with the mouse or a finger gives the keyboard back to the pad.
  addEventListener('click', event => {
    if (event.detail > 0 && event.target.closest('button, input:not([type=number]), label') && !event.target.closest('.pad')) {
      pads.focus();
    }
  });
}

/** Whether the focused element wants this key for itself: digits in a field, arrows on a slider, space on a button reached by tab. */
function wants(element, code) {
  if (element.matches('input[type=number]')) {
    return !['Space', 'Escape'].includes(code);
  }
  if (element.matches('select')) {
    return code !== 'Escape';
  }
  if (element.matches('.pad') || !element.matches('button, input, summary')) {
    return false;
  }
  return ['Space', 'Enter', 'Home', 'End'].includes(code) || code.startsWith('Arrow');
}
