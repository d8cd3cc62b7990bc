// <howdah-timeline model='{"from":…,"to":…,"spans":[…],"backups":[…]}' value="2026-11-24T12:00:00Z" zone="Europe/Berlin">
// What can be restored as a band, backups as ticks, and a handle for the instant that is wanted: dragged, clicked, or moved
// with the arrow keys by a minute, Page Up and Down by an hour, Home and End to the ends. Fires instant-chosen.
const MINUTE = 60000;
const HOUR = 60 * MINUTE;

class Timeline extends HTMLElement {
  static observedAttributes = ['model', 'value', 'zone'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).innerHTML = `
      <style>
        :host { display: block; padding: .25rem 12px 0; }
        .track { position: relative; height: 3.25rem; cursor: pointer; touch-action: pan-y; }
        .base, .span { position: absolute; top: 1.5rem; height: 1rem; border-radius: 4px; box-sizing: border-box; }
        .base { inset-inline: 0; border: 1px solid var(--howdah-line);
          background: repeating-linear-gradient(135deg, transparent 0 5px, var(--howdah-line) 5px 6px); }
        .span { background: color-mix(in oklab, var(--aura-accent-color) 55%, var(--howdah-card)); min-width: 3px; }
        .tick { position: absolute; width: 3px; margin-inline-start: -1.5px; border-radius: 2px; background: var(--vaadin-text-color); }
        .tick[kind='FULL'] { top: .7rem; height: 1.8rem; }
        .tick[kind='DIFFERENTIAL'], .tick[kind='INCREMENTAL'] { top: 1.15rem; height: 1.35rem; width: 2px; opacity: .7; }
        .handle { position: absolute; top: 0; width: 24px; margin-inline-start: -12px; height: 3.25rem; cursor: grab; outline: none; }
        .handle::before { content: ''; position: absolute; top: 8px; bottom: 0; inset-inline-start: 11px; width: 2px; background: var(--vaadin-text-color); }
        .handle::after { content: ''; position: absolute; top: 0; inset-inline-start: 4px; width: 16px; height: 16px; box-sizing: border-box;
          border-radius: 50%; border: 2px solid var(--howdah-card); background: var(--vaadin-text-color); }
        .handle:focus-visible::after { box-shadow: 0 0 0 2px var(--vaadin-focus-ring-color, Highlight); }
        .scale { display: flex; justify-content: space-between; gap: 1rem; font-size: .8125rem; color: var(--howdah-quiet); }
        .scale span:last-child { text-align: end; }
      </style>
      <div class="track"><div class="base"></div><div class="marks" aria-hidden="true"></div>
        <div class="handle" role="slider" tabindex="0" aria-orientation="horizontal"></div></div>
      <div class="scale" aria-hidden="true"><span></span><span></span></div>`;
    this.track = this.shadowRoot.querySelector('.track');
    this.marks = this.shadowRoot.querySelector('.marks');
    this.handle = this.shadowRoot.querySelector('.handle');
    this.ends = this.shadowRoot.querySelectorAll('.scale span');
    this.track.addEventListener('pointerdown', (event) => this.drag(event));
    this.handle.addEventListener('keydown', (event) => this.key(event));
  }

  connectedCallback() {
    this.handle.setAttribute('aria-label', this.getAttribute('label') ?? '');
    this.render();
  }

  attributeChangedCallback() {
    this.render();
  }

  render() {
    if (!this.isConnected || !this.getAttribute('model')) {
      return;
    }
    const model = JSON.parse(this.getAttribute('model'));
    this.from = Date.parse(model.from);
    this.last = Date.parse(model.to);
    this.to = Math.max(this.last, this.from + MINUTE);
    const marks = [];
    for (const span of model.spans) {
      const mark = document.createElement('div');
      mark.className = 'span';
      const left = this.place(Date.parse(span.from));
      mark.style.insetInlineStart = `${left}%`;
      mark.style.width = `${Math.max(0, this.place(Date.parse(span.until)) - left)}%`;
      marks.push(mark);
    }
    for (const backup of model.backups) {
      const mark = document.createElement('div');
      mark.className = 'tick';
      mark.setAttribute('kind', backup.kind);
      mark.style.insetInlineStart = `${this.place(Date.parse(backup.at))}%`;
      marks.push(mark);
    }
    this.marks.replaceChildren(...marks);
    this.ends[0].textContent = this.words(this.from);
    this.ends[1].textContent = this.words(this.last);
    const value = Date.parse(this.getAttribute('value'));
    this.show(isNaN(value) ? this.last : value);
  }

  place(time) {
    return Math.min(100, Math.max(0, (100 * (time - this.from)) / (this.to - this.from)));
  }

  words(time) {
    const zone = this.getAttribute('zone') || 'UTC';
    const locale = document.documentElement.dataset.locale;
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone }).format(time);
  }

  show(time) {
    this.time = time;
    this.handle.style.insetInlineStart = `${this.place(time)}%`;
    this.handle.setAttribute('aria-valuemin', Math.round(this.from / 1000));
    this.handle.setAttribute('aria-valuemax', Math.round(this.last / 1000));
    this.handle.setAttribute('aria-valuenow', Math.round(Math.min(this.last, Math.max(this.from, time)) / 1000));
    const utc = new Date(time).toISOString().replace('T', ' ').replace(/\.\d+Z/, '');
    this.handle.setAttribute('aria-valuetext', `${this.words(time)}, ${utc} UTC`);
  }

  move(time) {
    this.show(Math.floor(Math.min(this.last, Math.max(this.from, time)) / 1000) * 1000);
  }

  tell() {
    const instant = new Date(this.time).toISOString();
    this.dispatchEvent(new CustomEvent('instant-chosen', { detail: { instant } }));
  }

  drag(event) {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    this.handle.focus();
    const at = (each) => {
      const box = this.track.getBoundingClientRect();
      const part = (each.clientX - box.left) / box.width;
      const along = getComputedStyle(this).direction === 'rtl' ? 1 - part : part;
      this.move(this.from + along * (this.to - this.from));
    };
    at(event);
    this.track.setPointerCapture(event.pointerId);
    this.track.onpointermove = at;
    this.track.onpointerup = this.track.onpointercancel = () => {
      this.track.onpointermove = this.track.onpointerup = this.track.onpointercancel = null;
      this.tell();
    };
  }

  key(event) {
    const steps = {
      ArrowLeft: -MINUTE, ArrowDown: -MINUTE, ArrowRight: MINUTE, ArrowUp: MINUTE,
      PageDown: -HOUR, PageUp: HOUR, Home: this.from - this.time, End: this.last - this.time,
    };
    if (event.key in steps) {
      event.preventDefault();
      this.move(this.time + steps[event.key]);
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.tell(), 250);
    }
  }
}

customElements.define('howdah-timeline', Timeline);
