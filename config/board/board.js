// What the board does better with a little script; without it everything works all the same.
'use strict';

const language = document.documentElement.lang;

// Times of the last looks, as people say them.
const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const units = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
function tell() {
  for (const time of document.querySelectorAll('time[data-relative]')) {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    if (Number.isNaN(seconds) || Math.abs(seconds) > 30 * 86400) continue;
    if (time.title === '') time.title = time.textContent;
    const [unit, size] = units.find(([, least]) => Math.abs(seconds) >= least) ?? units[3];
    time.textContent = words.format(Math.round(seconds / size), unit);
  }
}
tell();
setInterval(tell, 30000);

// A choice takes effect at once; what is empty does not stand in the address.
for (const form of document.querySelectorAll('form.filters')) {
  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement) form.requestSubmit();
  });
  form.addEventListener('formdata', (event) => {
    for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
  });
}

// `/` leads to the search, as on many pages.
document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector('input[type="search"]');
  if (search instanceof HTMLInputElement) {
    event.preventDefault();
    search.focus();
  }
});
