// Table and role in front of a line, as plan/lines/prefixes.py reads them.

const PREFIX = /^(?:(\d{1,2})([a-z?])|(\d{1,2}:|[a-z?]:?))(?:\s+|$)/i;

// The table ("" for none), the role ("" for unknown) and the words behind them; what a prefix does not name is undefined.
// `letters` gives the role of a letter.
const readPrefix = (raw, letters) => {
  const found = PREFIX.exec(raw);
  if (!found) return { words: raw };
  const only = (found[3] ?? "").replace(":", "");
  const table = /\d/.test(only) ? only : found[1];
  const letter = (/\d/.test(only) ? "" : (found[2] ?? only)).toLowerCase();
  if (letter && letter !== "?" && !letters.has(letter)) return { words: raw };
  const words = raw.slice(found[0].length);
  return {
    words,
    table: table === undefined ? undefined : String(Number(table) || ""),
    role: letter ? (letters.get(letter) ?? "") : undefined,
  };
};
