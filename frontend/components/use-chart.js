// <howdah-use-chart model='{"from":…,"to":…,"stretch":10,"unit":"vCores","use":[[minute,amount]…],"sizes":[…],"wouldBe":[…]}'>
// What was used as an area, the size at the time as a line, and a size that might have been as a dashed one. Minutes count
// from the picture's left end; a line's amount holds until its next point.
const MINUTE = 60000;
const WIDTH = 1000;
const HEIGHT = 100;

class UseChart extends HTMLElement {
  static observedAttributes = ['model'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).innerHTML = `
      <style>
        :host { display: block; min-width: 0; }
        .plot { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 .5rem; }
        svg { display: block; width: 100%; height: 7rem; border: 1px solid var(--howdah-line); border-radius: 4px; box-sizing: border-box; }
        .use { fill: color-mix(in oklab, var(--aura-accent-color) 55%, var(--howdah-card)); }
        .size, .would-be { fill: none; stroke: var(--vaadin-text-color); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
        .would-be { stroke: var(--howdah-warning); stroke-width: 2; stroke-dasharray: 5 3; }
        .amounts, .times { display: flex; justify-content: space-between; font-size: .8125rem; color: var(--howdah-quiet); }
        .amounts { flex-direction: column; text-align: end; line-height: 1; padding-block: 1px; white-space: nowrap; }
        .times { grid-column: 2; gap: 1rem; padding-block-start: .2rem; }
      </style>
      <div class="plot" aria-hidden="true">
        <div class="amounts"><span></span><span>0</span></div>
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
          <path class="use"></path><path class="size"></path><path class="would-be"></path>
        </svg>
        <div class="times"><span></span><span></span><span></span></div>
      </div>`;
  }

  connectedCallback() {
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
    const from = Date.parse(model.from);
    this.minutes = (Date.parse(model.to) - from) / MINUTE;
    this.most = Math.max(...[model.use, model.sizes, model.wouldBe].flat().map((point) => point[1]), 0.01);
    const find = (selector) => this.shadowRoot.querySelector(selector);
    find('.use').setAttribute('d', model.use.map(([at, amount]) => this.bar(at, at + model.stretch, amount)).join(''));
    find('.size').setAttribute('d', this.steps(model.sizes));
    find('.would-be').setAttribute('d', this.steps(model.wouldBe));
    find('.amounts span').textContent = `${Number(this.most.toPrecision(3)).toLocaleString(document.documentElement.dataset.locale)} ${model.unit}`;
    const day = this.minutes <= 24 * 60;
    const timeZone = document.documentElement.dataset.zone;
    const words = new Intl.DateTimeFormat(document.documentElement.dataset.locale, day
      ? { hour: '2-digit', minute: '2-digit', timeZone }
      : { weekday: 'short', day: 'numeric', month: 'short', timeZone });
    this.shadowRoot.querySelectorAll('.times span').forEach((span, i) => {
      span.textContent = words.format(from + (i * this.minutes * MINUTE) / 2);
    });
  }

  x(minute) {
    return ((Math.min(Math.max(minute, 0), this.minutes) / this.minutes) * WIDTH).toFixed(2);
  }

  y(amount) {
    return (HEIGHT - (amount / this.most) * (HEIGHT - 3)).toFixed(2);
  }

  bar(from, until, amount) {
    return `M${this.x(from)} ${HEIGHT}V${this.y(amount)}H${this.x(until)}V${HEIGHT}Z`;
  }

  steps(points) {
    if (points.length === 0) {
      return '';
    }
    const [first, ...others] = points;
    const path = others.map(([at, amount]) => `H${this.x(at)}V${this.y(amount)}`).join('');
    return `M${this.x(first[0])} ${this.y(first[1])}${path}H${WIDTH}`;
  }
}

customElements.define('howdah-use-chart', UseChart);
