// Builds what plays: a frame with the host's player, or our own video element. Called only by a click, since
// from then on the host is asked for its bytes.

const HLS = "application/vnd.apple.mpegurl";

export function player({ title, frame, video, stream, start }) {
  if (frame) return framed(frame, title);
  if (video) return native(video, title, Number(start));
  if (stream && document.createElement("video").canPlayType(HLS)) return native(stream, title, Number(start));
  return null; // the plain link does what this browser cannot
}

function framed(address, title) {
  const made = document.createElement("iframe");
  made.title = title;
  made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  made.allowFullscreen = true;
  // Some hosts refuse to play without knowing which site asks; they learn the site, never the page.
  made.referrerPolicy = "strict-origin-when-cross-origin";
  made.src = address;
  return made;
}

function native(address, title, start) {
  const made = document.createElement("video");
  made.setAttribute("aria-label", title);
  made.controls = true;
  made.autoplay = true;
  made.playsInline = true;
  made.src = address;
  if (start) made.addEventListener("loadedmetadata", () => (made.currentTime ||= start), { once: true });
  return made;
}
