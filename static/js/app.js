/* What the pages do in the browser. Everything works without it, by plain forms and links. */
import "./bell-count.js";
import "./char-count.js";
import "./cite-posts.js";
import "./draft-keeper.js";
import "./form-guard.js";
import "./live-page.js";
import "./live-readers.js";
import "./pop-menu.js";
import "./push-switch.js";
import "./read-marks.js";
import "./reading-time.js";
import "./relative-time.js";
import "./tag-names.js";
import "./theme-choice.js";
import "./unit-margin.js";
import "./chosen-words.js";
import "./write-box.js";
import "./words-in-view.js"; // when the field has its size
import { followCitations } from "./cited-links.js";
import { followLevels } from "./levels.js";
import { followPostLinks } from "./post-links.js";
import { announceTriggers, countRows, focusAfterSwaps, takeInOnce } from "./swaps.js";
import { nameTimeZones } from "./time-zone.js";

focusAfterSwaps(document);
announceTriggers(document);
takeInOnce(document);
countRows(document);
followCitations(document);
followLevels(document);
followPostLinks();
nameTimeZones(document);

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => {}); // the page does without
}
