// What scripts add to pages that work without them.
(function () {
  'use strict';

  // The one way by which text becomes markup (htmx reads answers of this site so). Markup that could run anything is refused whole; text never
  // becomes script or the address of one. What this does not stop stands in docs/threats.md.
  if (window.trustedTypes && trustedTypes.createPolicy) {
    const never = 'iframe, frame, object, embed, applet, base, portal, fencedframe, meta[http-equiv], link[rel~="import"], animate, set, animateMotion, animateTransform';
    const leads = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'srcdoc'];
    let looking = false;
    const harmless = function (root, whole) {
      if (root.querySelector(never)) {
        return false;
      }
      return Array.from(root.querySelectorAll('*')).every(function (element) {
        // a whole page has its own scripts in its head; when it is read here none of them runs
        if (element.localName === 'script' && !(whole && element.parentNode === root.head && element.hasAttribute('src') && !element.textContent)) {
          return false;
        }
        if (element.localName === 'template' && !harmless(element.content, false)) {
          return false;
        }
        return Array.from(element.attributes).every(function (attribute) {
          const name = attribute.name.toLowerCase();
          return !name.startsWith('on') && !name.startsWith('hx-on') && name !== 'srcdoc'
            && !(leads.includes(name) && /^[\u0000-\u0020]*(javascript|vbscript|data):/i.test(attribute.value.replace(/[\t\n\r]/g, '')));
        });
      });
    };
    trustedTypes.createPolicy('default', {
      createHTML: function (markup) {
        if (looking) {
          return markup;
        }
        looking = true;
        try {
          return harmless(new DOMParser().parseFromString(markup, 'text/html'), /^\s*<(!doctype|html)[\s>]/i.test(markup)) ? markup : null;
        } finally {
          looking = false;
        }
      },
      createScript: function () { return null; },
      createScriptURL: function () { return null; }
    });
  }

  // htmx notes the address of each page for a history that is not used here; what was searched for does not stay in the tab.
  window.addEventListener('load', function () { window.sessionStorage.removeItem('htmx-current-path-for-history'); });

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

  // Photos are shown before they are sent; what is too many or too big is said at once.
  document.addEventListener('change', function (event) {
    const input = event.target;
    if (!input.dataset || !input.dataset.photos) {
      return;
    }
    const list = document.getElementById(input.dataset.photos);
    const note = document.getElementById(input.dataset.photos + '-note');
    const files = Array.from(input.files);
    const problems = [];
    if (files.length > Number(input.dataset.most)) {
      problems.push(input.dataset.tooMany);
    }
    if (files.some(function (file) { return file.size > 20 * 1024 * 1024; })) {
      problems.push(input.dataset.tooBig);
    }
    note.textContent = problems.join(' ');
    list.querySelectorAll('img').forEach(function (image) { URL.revokeObjectURL(image.src); });
    list.replaceChildren();
    files.slice(0, Number(input.dataset.most)).forEach(function (file) {
      if (!/^image\/(jpeg|png|webp)$/.test(file.type)) {
        return;
      }
      const item = document.createElement('li');
      const image = document.createElement('img');
      image.src = URL.createObjectURL(file);
      image.alt = file.name;
      item.appendChild(image);
      list.appendChild(item);
    });
    list.hidden = list.children.length === 0;
  });

  // The telephone's position, only when somebody asks for it.
  if (navigator.geolocation) {
    document.querySelectorAll('[data-position]').forEach(function (button) { button.hidden = false; });
    document.addEventListener('click', function (event) {
      const button = event.target.closest ? event.target.closest('[data-position]') : null;
      if (!button) {
        return;
      }
      const note = button.parentElement.querySelector('[role="status"]');
      note.textContent = button.dataset.wait;
      navigator.geolocation.getCurrentPosition(function (found) {
        document.getElementById(button.dataset.position).value = found.coords.latitude.toFixed(6) + ',' + found.coords.longitude.toFixed(6);
        note.textContent = button.dataset.done;
      }, function () {
        note.textContent = button.dataset.failed;
      }, {enableHighAccuracy: true, timeout: 15000, maximumAge: 60000});
    });
  }

  // What only scripts can do is shown only where they run.
  document.querySelectorAll('[data-scripted]').forEach(function (part) { part.hidden = false; });

  // Ready words go into the field below without a round trip; what was typed stays above them.
  document.addEventListener('click', function (event) {
    const button = event.target.closest ? event.target.closest('button[name="fill"]') : null;
    const ready = button ? button.form.querySelector('select[data-ready]') : null;
    if (ready) {
      event.preventDefault();
      const words = ready.selectedOptions[0].dataset.words;
      const field = document.getElementById(ready.dataset.ready);
      if (words && field) {
        const typed = field.value.trim();
        field.value = typed ? typed + '\n' + words : words;
        field.focus();
      }
    }
  });

  focusSummary(document);
  document.addEventListener('htmx:afterSettle', function (event) { focusSummary(event.target); });
})();
