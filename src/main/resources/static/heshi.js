// What scripts add to pages that work without them.
(function () {
  'use strict';

  // A refused form: the summary is read first.
  function focusSummary(root) {
    const summary = root.querySelector('[data-focus]');
    if (summary) {
      summary.focus();
    }
  }

  // A second click on a button that already sends does not send again.
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if ((form.method || '').toLowerCase() === 'post' && !form.hasAttribute('hx-post')) {
      form.dataset.sent = 'yes';
      window.setTimeout(function () { delete form.dataset.sent; }, 8000);
    }
  });
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-sent]').forEach(function (form) { delete form.dataset.sent; });
  });

  // The small menus close on Escape and on a click beside them.
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') {
      document.querySelectorAll('details.drop[open]').forEach(function (drop) {
        drop.open = false;
        drop.querySelector('summary').focus();
      });
    }
  });
  document.addEventListener('click', function (event) {
    document.querySelectorAll('details.drop[open]').forEach(function (drop) {
      if (!drop.contains(event.target)) {
        drop.open = false;
      }
    });
  });

  // A box that ticks all others of its form: <input type="checkbox" data-all="matter">.
  document.addEventListener('change', function (event) {
    const name = event.target.dataset ? event.target.dataset.all : null;
    if (name) {
      event.target.form.querySelectorAll('input[type="checkbox"][name="' + name + '"]').forEach(function (box) {
        box.checked = event.target.checked;
      });
    }
  });

  // Printing is the browser's; the button only appears where scripts run.
  document.querySelectorAll('[data-print]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });

  focusSummary(document);
  document.addEventListener('htmx:afterSettle', function (event) { focusSummary(event.target); });
})();
