// <howdah-time instant="2026-11-22T08:46:03Z">: how long ago, kept true by one timer for the whole page; the exact
// time in the person's zone and UTC appear on hover and focus, and go with Escape.
// The root says in which language, and what that language says where the browser's own words would be stiff.
const root = document.documentElement.dataset;
const words = new Intl.RelativeTimeFormat(root.locale, { numeric: 'auto' });
const units = [['year', 31536000], ['month', 2592000], ['week', 604800], ['day', 86400], ['hour', 3600], ['minute', 60]];
const living = new Set();
let timer;
let local;
let zone;

// The zone that the person has chosen stands at the root; without one the browser's own is meant.
function exact(instant) {
  const wanted = root.zone;
  if (!local || zone !== wanted) {
    zone = wanted;
    local = new Intl.DateTimeFormat(root.locale, { dateStyle: 'medium', timeStyle: 'long', timeZone: zone });
  }
  return local.format(instant);
}

function phrase(instant) {
  const seconds = Math.round((instant - Date.now()) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) {
    return seconds > 0 ? root.soon : size < 10 ? root.now : root.seconds.replace('{0}', size);
  }
  for (const [unit, length] of units) {
    if (size >= length * 0.95) {
      return words.format(Math.round(seconds / length), unit);
    }
  }
  return words.format(Math.sign(seconds), 'minute');
}

class RelativeTime extends HTMLElement {
  static observedAttributes = ['instant'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).innerHTML = `
      <style>
        :host { display: inline; white-space: nowrap; }
        time { border-radius: 3px; outline-offset: 2px; }
        time:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color, Highlight); }
        [role=tooltip] { position: fixed; inset: auto; margin: 0; border: 0; padding: .35em .6em; border-radius: 6px;
          font: 500 .8125rem/1.45 var(--aura-font-family, sans-serif); white-space: pre; color: light-dark(#fff, #111);
          background: light-dark(#20242c, #f1f3f6); pointer-events: none; }
      </style><time></time><span role="tooltip" id="exact" popover="manual"></span>`;
    this.shown = this.shadowRoot.querySelector('time');
    this.exact = this.shadowRoot.querySelector('[role=tooltip]');
    const open = () => this.open();
    const close = () => this.exact.matches(':popover-open') && this.exact.hidePopover();
    this.shown.addEventListener('mouseenter', open);
    this.shown.addEventListener('mouseleave', close);
    this.shown.addEventListener('focus', open);
    this.shown.addEventListener('blur', close);
    this.shown.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  }

  connectedCallback() {
    // A grid has its own way through its cells; a stop per row would make it endless.
    if (!this.closest('vaadin-grid, a, button')) {
      this.shown.tabIndex = 0;
      this.shown.setAttribute('aria-describedby', 'exact');
    }
    living.add(this);
    timer ??= setInterval(() => document.hidden || living.forEach((each) => each.render()), 5000);
    this.render();
  }

  disconnectedCallback() {
    living.delete(this);
    if (!living.size) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  attributeChangedCallback() {
    this.render();
  }

  render() {
    const instant = new Date(this.getAttribute('instant'));
    if (isNaN(instant)) {
      this.shown.textContent = '';
      return;
    }
    const text = phrase(instant);
    if (this.shown.textContent !== text) {
      this.shown.textContent = text;
    }
    this.shown.dateTime = instant.toISOString();
    this.exact.textContent = `${exact(instant)}\n${instant.toISOString().replace('T', ' ').replace(/\.\d+Z/, '')} UTC`;
  }

  open() {
    this.exact.showPopover();
    const at = this.shown.getBoundingClientRect();
    const size = this.exact.getBoundingClientRect();
    const above = at.top - size.height - 6;
    this.exact.style.top = `${above > 4 ? above : at.bottom + 6}px`;
    this.exact.style.left = `${Math.max(4, Math.min(at.left, innerWidth - size.width - 4))}px`;
  }
}

customElements.define('howdah-time', RelativeTime);
