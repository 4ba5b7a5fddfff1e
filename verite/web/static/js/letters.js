// Most pages hold no letter of Vietnamese, of African languages or of romanisations. Those that do get the faces.
const RARE = /[ƀ-ƎƐ-ȗȜ-ɘɚ-ʯḀ-ṿẆ-ẝẠ-ỹ]/;

if (RARE.test(document.body.textContent)) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = document.getElementById("letters").dataset.sheet;
  document.head.append(link);
}
