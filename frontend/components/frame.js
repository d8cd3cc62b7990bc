// "/" anywhere but in a field goes to the search.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
    return;
  }
  const typing = event.composedPath().some((each) => each instanceof Element
    && (each.matches('input, textarea, select') || each.isContentEditable));
  const search = document.querySelector('vaadin-combo-box.search');
  if (!typing && search) {
    event.preventDefault();
    search.focus();
  }
});

// Vaadin's word on a lost connection stands outside of all landmarks; as a status it is announced and found.
document.querySelector('vaadin-connection-indicator')?.setAttribute('role', 'status');
