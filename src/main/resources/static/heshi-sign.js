// Signing by hand: a field to write in with a finger, a pen or the mouse. Without scripts the page takes a photo of a signature on paper instead.
(function () {
  'use strict';

  document.querySelectorAll('[data-sign-pad]').forEach(function (pad) {
    const canvas = pad.querySelector('canvas');
    const form = pad.closest('form');
    const drawn = form.querySelector('input[name="drawn"]');
    const note = pad.querySelector('[role="status"]');
    const pen = canvas.getContext('2d');
    let writing = false;
    let strokes = 0;

    function clear() {
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.strokeStyle = '#101828';
      pen.fillStyle = '#101828';
      pen.lineWidth = 5;
      pen.lineCap = 'round';
      pen.lineJoin = 'round';
      strokes = 0;
      drawn.value = '';
      note.textContent = '';
    }

    function at(event) {
      const box = canvas.getBoundingClientRect();
      const touch = event.changedTouches ? event.changedTouches[0] : event;
      return {x: (touch.clientX - box.left) * canvas.width / box.width, y: (touch.clientY - box.top) * canvas.height / box.height};
    }

    function begin(event) {
      event.preventDefault();
      writing = true;
      strokes++;
      const point = at(event);
      pen.beginPath();
      pen.arc(point.x, point.y, pen.lineWidth / 2, 0, 2 * Math.PI);
      pen.fill();
      pen.beginPath();
      pen.moveTo(point.x, point.y);
    }

    function move(event) {
      if (!writing) {
        return;
      }
      event.preventDefault();
      const point = at(event);
      pen.lineTo(point.x, point.y);
      pen.stroke();
      pen.beginPath();
      pen.moveTo(point.x, point.y);
    }

    function end() {
      if (writing) {
        writing = false;
        drawn.value = canvas.toDataURL('image/png');
        note.textContent = pad.dataset.written;
      }
    }

    if (window.PointerEvent) {
      canvas.addEventListener('pointerdown', function (event) {
        if (event.button === 0) {
          canvas.setPointerCapture(event.pointerId);
          begin(event);
        }
      });
      canvas.addEventListener('pointermove', move);
      ['pointerup', 'pointercancel'].forEach(function (kind) {
        canvas.addEventListener(kind, end);
      });
    } else {
      // telephones of before 2019 know fingers only
      canvas.addEventListener('touchstart', begin);
      canvas.addEventListener('touchmove', move);
      ['touchend', 'touchcancel'].forEach(function (kind) {
        canvas.addEventListener(kind, end);
      });
    }
    pad.querySelector('[data-sign-again]').addEventListener('click', clear);
    form.addEventListener('submit', function () {
      if (strokes === 0) {
        drawn.value = '';
      }
    });
    clear();
    pad.hidden = false;
  });
})();
