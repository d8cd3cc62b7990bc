// <howdah-elapsed milliseconds="1200">: a duration that counts on from what it was when it arrived.
const living = new Set();
let timer;

function say(seconds) {
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  }
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

class ElapsedTime extends HTMLElement {
  connectedCallback() {
    this.began ??= performance.now() - Number(this.getAttribute('milliseconds'));
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
    this.textContent = say((performance.now() - this.began) / 1000);
  }
}

customElements.define('howdah-elapsed', ElapsedTime);
