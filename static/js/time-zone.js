/* Fill <input data-browser-time-zone> (signing up) with the browser's time zone. */
export function nameTimeZones(root) {
  for (const input of root.querySelectorAll("input[data-browser-time-zone]")) {
    input.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }
}
