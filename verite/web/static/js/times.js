// How long ago something was said. The server tells it by the day, for its pages are kept that long; here, to the
// minute, and again while the page stays open. Whole units only, and days as the server counts them (in UTC).
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const language = document.documentElement.lang;
const counted = new Intl.RelativeTimeFormat(language);
const worded = new Intl.RelativeTimeFormat(language, { numeric: "auto" }); // "now", "yesterday"

function ago(then, now) {
  const passed = now - then;
  const days = Math.floor(now / DAY) - Math.floor(then / DAY);
  const told = (unit, number) => counted.format(-Math.floor(number), unit);
  if (passed < MINUTE) return worded.format(0, "second");
  if (passed < HOUR) return told("minute", passed / MINUTE);
  if (passed < DAY) return told("hour", passed / HOUR);
  if (days === 1) return worded.format(-1, "day");
  if (days < 30) return told("day", days);
  return days < 365 ? told("month", days / 30) : told("year", days / 365);
}

function tell() {
  for (const time of document.querySelectorAll(".c time[title]")) {
    const words = ago(Date.parse(time.dateTime), Date.now());
    if (time.textContent !== words) time.textContent = words;
  }
}

export function keepTimes() {
  tell();
  document.addEventListener("htmx:load", tell);
  document.addEventListener("visibilitychange", tell);
  setInterval(tell, MINUTE);
}
