// <howdah-remaining milliseconds="4200" over="longer than usual">: a duration that counts down from what it was when it
// arrived, and the words for when it is over.
const living = new Set();
let timer;

function say(seconds) {
  if (seconds < 60) {
    return `${Math.ceil(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  }
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

class RemainingTime extends HTMLElement {
  connectedCallback() {
    this.ends ??= performance.now() + Number(this.getAttribute('milliseconds'));
    living.add(this);
    timer ??= setInterval(() => document.hidden || living.forEach((each) => each.render()), 1000);
    this.render();
  }

  disconnectedCallback() {
    living.delete(this);
    if (!living.size) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  render() {
    const seconds = (this.ends - performance.now()) / 1000;
    this.textContent = seconds > 0
      ? (this.getAttribute('words') ?? '{0}').replace('{0}', say(seconds))
      : this.getAttribute('over') ?? '';
  }
}

customElements.define('howdah-remaining', RemainingTime);
