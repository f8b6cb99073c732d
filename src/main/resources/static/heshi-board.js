// Dashboards: the pictures that the page brings are drawn anew, so that one can point at them. The tables stay what they are drawn from.
(function () {
  'use strict';

  const STYLES = [
    {borderColor: '#17527a', backgroundColor: '#17527a', pointStyle: 'circle', borderDash: []},
    {borderColor: '#a4471f', backgroundColor: '#fff', pointStyle: 'rect', borderDash: [6, 4]}
  ];

  // Each line bears its name at its end: nobody needs to tell colours or to look at a key.
  const names = {
    id: 'names',
    afterDatasetsDraw: function (chart) {
      const context = chart.ctx;
      const taken = [];
      context.save();
      context.font = '600 12px ' + getComputedStyle(document.body).fontFamily;
      context.textBaseline = 'middle';
      chart.data.datasets.forEach(function (set, index) {
        const points = chart.getDatasetMeta(index).data.filter(function (point) { return !point.skip; });
        if (!points.length) {
          return;
        }
        let y = points[points.length - 1].y;
        taken.forEach(function (other) { if (Math.abs(other - y) < 14) { y = other + (y >= other ? 14 : -14); } });
        taken.push(y);
        context.fillStyle = set.borderColor;
        context.fillText(set.label, chart.chartArea.right + 8, y);
      });
      context.restore();
    }
  };

  function course(figure) {
    const table = document.getElementById(figure.dataset.table);
    if (!table || !window.Chart) {
      return;
    }
    const rows = Array.from(table.tBodies[0].rows);
    const heads = Array.from(table.tHead.rows[0].cells).map(function (cell) { return cell.textContent.trim(); });
    const room = document.createElement('div');
    room.className = 'canvas-room';
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', figure.dataset.text);
    room.appendChild(canvas);
    figure.appendChild(room);
    figure.classList.add('livelier');
    new window.Chart(canvas, {
      type: 'line',
      data: {
        labels: rows.map(function (row) { return row.cells[0].textContent.trim(); }),
        datasets: figure.dataset.columns.split(',').map(function (column, index) {
          return Object.assign({
            label: heads[Number(column)],
            data: rows.map(function (row) { return Number(row.cells[Number(column)].dataset.value); }),
            borderWidth: 2, pointRadius: rows.length > 40 ? 0 : 3, pointHoverRadius: 6, tension: 0
          }, STYLES[index % STYLES.length]);
        })
      },
      options: {
        animation: false, maintainAspectRatio: false, interaction: {mode: 'index', intersect: false},
        layout: {padding: {right: 74}},
        plugins: {legend: {display: false}},
        scales: {
          x: {grid: {display: false}, ticks: {maxRotation: 0, autoSkipPadding: 14, callback: function (value) {
            const label = this.getLabelForValue(value);
            return label.length === 10 ? label.slice(5) : label;
          }}},
          y: {beginAtZero: true, ticks: {precision: 0}, grid: {color: '#e9e5dd'}}
        }
      },
      plugins: [names]
    });
  }

  const FILLS = ['#fff', '#e3ecf5', '#c6d8ea', '#a6c1dc', '#7ba0c4', '#4f80ad'];

  /** Whoever is looked at says all it has to say, above the others. */
  function look(shape, on) {
    shape.setStyle({weight: on ? 3 : 1});
    const label = shape.getTooltip().getElement();
    if (label) {
      label.classList.toggle('whole', on);
      shape.getTooltip().update();
    }
  }

  /** Labels that would lie upon one another: the place with more keeps its name, the other its number, and where there is no room for that, nothing. */
  function part(layer, places) {
    const kept = [];
    const free = function (label) {
      const r = label.getBoundingClientRect();
      return kept.every(function (k) { return r.right <= k.left || k.right <= r.left || r.bottom <= k.top || k.bottom <= r.top; });
    };
    const labels = layer.getLayers().filter(function (shape) { return shape.getTooltip && shape.getTooltip(); }).map(function (shape) {
      return {element: shape.getTooltip().getElement(), n: Number(places[shape.feature.properties.code].dataset.n.replace(/[^0-9]/g, '')), tooltip: shape.getTooltip()};
    }).filter(function (label) { return label.element; }).sort(function (a, b) { return b.n - a.n; });
    // numbers have their room first: a name must not take another place's number away
    labels.forEach(function (label) {
      label.element.classList.add('short');
      label.element.classList.remove('away');
      label.tooltip.update();
    });
    labels.forEach(function (label) {
      if (free(label.element)) {
        kept.push(label.element.getBoundingClientRect());
        label.at = kept.length - 1;
      } else {
        label.element.classList.add('away');
      }
    });
    labels.filter(function (label) { return label.at !== undefined; }).forEach(function (label) {
      const number = kept[label.at];
      kept[label.at] = {left: 0, right: 0, top: 0, bottom: 0};
      label.element.classList.remove('short');
      label.tooltip.update();
      if (!free(label.element)) {
        label.element.classList.add('short');
        label.tooltip.update();
        kept[label.at] = number;
      } else {
        kept[label.at] = label.element.getBoundingClientRect();
      }
    });
  }

  function map(figure) {
    if (!window.L || !window.fetch) {
      return;
    }
    const places = {};
    figure.querySelectorAll('a[data-code]').forEach(function (link) { places[link.dataset.code] = link; });
    fetch(figure.dataset.outlines, {credentials: 'same-origin'}).then(function (answer) {
      if (!answer.ok) {
        throw new Error('no outlines');
      }
      return answer.json();
    }).then(function (outlines) {
      const room = document.createElement('div');
      room.className = 'map-room';
      room.setAttribute('role', 'region');
      room.setAttribute('aria-label', figure.dataset.text);
      figure.appendChild(room);
      figure.classList.add('livelier');
      const drawn = window.L.map(room, {attributionControl: false, zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.25, fadeAnimation: false, zoomAnimation: false});
      window.L.control.zoom({zoomInTitle: figure.dataset.in, zoomOutTitle: figure.dataset.out}).addTo(drawn);
      const layer = window.L.geoJSON(outlines, {
        style: function (feature) {
          const place = places[feature.properties.code];
          return {color: '#17324d', weight: 1, fillColor: FILLS[place ? Number(place.dataset.shade) : 0], fillOpacity: 0.9};
        },
        onEachFeature: function (feature, shape) {
          const place = places[feature.properties.code];
          if (!place) {
            return;
          }
          const words = document.createElement('span');
          const name = document.createElement('span');
          const n = document.createElement('strong');
          name.className = 'map-name';
          name.textContent = place.dataset.name + ' ';
          n.textContent = place.dataset.n;
          words.appendChild(name);
          words.appendChild(n);
          shape.bindTooltip(words, {permanent: true, direction: 'center'});
          shape.on('click', function () { window.location.assign(place.href.baseVal); });
          shape.on('mouseover', function () { look(shape, true); });
          shape.on('mouseout', function () { look(shape, false); });
        }
      }).addTo(drawn);
      drawn.fitBounds(layer.getBounds(), {padding: [6, 6]});
      drawn.on('zoomend', function () { part(layer, places); });
      part(layer, places);
      // who goes by keyboard gets the same links
      layer.eachLayer(function (shape) {
        const element = shape.getElement && shape.getElement();
        const place = shape.feature && places[shape.feature.properties.code];
        if (element && place) {
          element.setAttribute('tabindex', '0');
          element.setAttribute('role', 'link');
          element.setAttribute('aria-label', place.getAttribute('aria-label'));
          element.addEventListener('focus', function () { look(shape, true); });
          element.addEventListener('blur', function () { look(shape, false); });
          element.addEventListener('keydown', function (event) {
            if (event.key === 'Enter') {
              window.location.assign(place.href.baseVal);
            }
          });
        }
      });
    }).catch(function () {
      // the picture that the page brought stays
    });
  }

  // One explanation is open at a time, and Escape closes it.
  document.addEventListener('toggle', function (event) {
    if (event.target.matches && event.target.matches('details.what') && event.target.open) {
      document.querySelectorAll('details.what[open]').forEach(function (other) {
        if (other !== event.target) {
          other.open = false;
        }
      });
    }
  }, true);
  document.addEventListener('keydown', function (event) {
    const open = event.key === 'Escape' ? document.querySelector('details.what[open]') : null;
    if (open) {
      open.open = false;
      open.querySelector('summary').focus();
    }
  });

  document.querySelectorAll('[data-picture="lines"]').forEach(course);
  document.querySelectorAll('[data-picture="map"]').forEach(map);
})();
