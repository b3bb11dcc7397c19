/* Markdown put around or before what is selected in a textarea; the browser's undo takes it back. */

/* Replace from `start` to `end`; then `select` is selected, counted from `start`. */
export function replace(area, start, end, text, select = [text.length, text.length]) {
  area.focus();
  area.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start + select[0], start + select[1]);
}

/* `**words**`; without the marks when they are there already. */
function around(mark) {
  return (area) => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const words = value.slice(start, end);
    const length = mark.length;
    const isMarked = value.slice(start - length, start) === mark && value.slice(end, end + length) === mark
      && value[start - length - 1] !== mark[0];
    if (isMarked) replace(area, start - length, end + length, words, [0, words.length]);
    else replace(area, start, end, mark + words + mark, [length, length + words.length]);
  };
}

/* `> ` or `- ` before each selected line; away from all when all have it. */
function before(mark) {
  return (area) => {
    const { selectionStart, selectionEnd, value } = area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = value.indexOf("\n", Math.max(selectionEnd - (selectionEnd > selectionStart), start));
    const end = next < 0 ? value.length : next;
    const lines = value.slice(start, end).split("\n");
    const isMarked = lines.every((line) => line.startsWith(mark));
    const text = lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join("\n");
    replace(area, start, end, text, lines.length > 1 ? [0, text.length] : undefined);
  };
}

function code(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  if (words.includes("\n")) replace(area, start, end, `\`\`\`\n${words}\n\`\`\``, [4, 4 + words.length]);
  else around("`")(area);
}

function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  if (/^https?:\/\/\S+$/.test(words)) replace(area, start, end, `[](${words})`, [1, 1]);
  else replace(area, start, end, `[${words}](https://)`, [words.length + 3, words.length + 11]);
}

export const marks = { bold: around("**"), italic: around("*"), quote: before("> "), list: before("- "), link, code };
