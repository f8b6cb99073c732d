// Passkeys: the browser's part. Forms marked data-passkey appear only where the browser knows passkeys and the page stands under the name that
// they belong to; everything else of these pages works without scripts.
(function () {
  'use strict';

  function bytes(text) {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(plain, function (c) { return c.charCodeAt(0); });
  }

  function text(buffer) {
    let plain = '';
    new Uint8Array(buffer).forEach(function (b) { plain += String.fromCharCode(b); });
    return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }

  function keys(list) {
    return (list || []).map(function (key) {
      return {type: key.type, id: bytes(key.id), transports: key.transports};
    });
  }

  async function made(options) {
    options.challenge = bytes(options.challenge);
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = keys(options.excludeCredentials);
    const key = await navigator.credentials.create({publicKey: options});
    return answer(key, {
      attestationObject: text(key.response.attestationObject),
      clientDataJSON: text(key.response.clientDataJSON),
      transports: key.response.getTransports ? key.response.getTransports() : []
    });
  }

  async function used(options) {
    options.challenge = bytes(options.challenge);
    options.allowCredentials = keys(options.allowCredentials);
    const key = await navigator.credentials.get({publicKey: options});
    return answer(key, {
      authenticatorData: text(key.response.authenticatorData),
      clientDataJSON: text(key.response.clientDataJSON),
      signature: text(key.response.signature),
      userHandle: key.response.userHandle ? text(key.response.userHandle) : null
    });
  }

  function answer(key, response) {
    return {id: key.id, rawId: text(key.rawId), type: key.type, response: response, clientExtensionResults: {},
      authenticatorAttachment: key.authenticatorAttachment};
  }

  async function run(form) {
    const asked = await fetch(form.dataset.options, {method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin'});
    if (!asked.ok) {
      throw new Error('refused');
    }
    const options = await asked.json();
    const given = await (form.dataset.passkey === 'make' ? made(options) : used(options));
    form.querySelector('input[name="answer"]').value = JSON.stringify(given);
    form.submit();
  }

  document.querySelectorAll('form[data-passkey]').forEach(function (form) {
    const host = form.dataset.host;
    if (!window.PublicKeyCredential || (location.hostname !== host && !location.hostname.endsWith('.' + host))) {
      return;
    }
    form.hidden = false;
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      const failed = form.querySelector('[data-failed]');
      failed.hidden = true;
      run(form).catch(function () {
        failed.hidden = false;
        failed.focus();
      }).finally(function () { delete form.dataset.sent; });
    });
  });
})();
