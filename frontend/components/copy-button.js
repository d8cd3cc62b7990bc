// <howdah-copy>: copies its `value` without asking the server, which would lose the browser's permission to do so.
class CopyButton extends HTMLElement {
  connectedCallback() {
    if (this.button) {
      return;
    }
    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.setAttribute('aria-label', this.getAttribute('label'));
    this.button.title = this.getAttribute('label');
    this.status = document.createElement('span');
    this.status.setAttribute('role', 'status');
    this.append(this.button, this.status);
    this.draw('copy');
    this.button.addEventListener('click', () => this.copy());
  }

  draw(icon) {
    this.button.innerHTML = `<svg aria-hidden="true"><use href="images/icons.svg#${icon}"></use></svg>`;
  }

  async copy() {
    const text = this.value ?? '';
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Plain HTTP has no clipboard interface; the old command still works there.
      const area = document.createElement('textarea');
      area.value = text;
      area.style.cssText = 'position:fixed;opacity:0';
      (this.closest('dialog, [role=dialog]') ?? document.body).append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      this.button.focus();
    }
    this.draw('check');
    this.status.textContent = this.getAttribute('done');
    clearTimeout(this.reset);
    this.reset = setTimeout(() => {
      this.draw('copy');
      this.status.textContent = '';
    }, 2500);
  }
}

customElements.define('howdah-copy', CopyButton);
