// Builds what plays: a frame with the host's player, or our own video element. Called only after a click, for
// from then on the host is asked for its bytes.

const HLS = "application/vnd.apple.mpegurl";

// Whom a click on this button asks.
export const origin = ({ frame, video, stream }) => new URL(frame ?? video ?? stream, location).origin;

export function player({ title, frame, video, stream }) {
  if (frame) return framed(frame, title);
  if (video) return native(video, title);
  if (stream && document.createElement("video").canPlayType(HLS)) return native(stream, title);
  return null; // this browser cannot; a plain link stands beside the screen
}

function framed(address, title) {
  const made = document.createElement("iframe");
  made.title = title;
  made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // Some hosts refuse to play without knowing which site asks; they learn the site, never the page.
  made.referrerPolicy = "strict-origin-when-cross-origin";
  made.src = address;
  return made;
}

function native(address, title) {
  const made = document.createElement("video");
  made.setAttribute("aria-label", title);
  made.controls = true;
  made.autoplay = true;
  made.playsInline = true;
  made.src = address;
  return made;
}
