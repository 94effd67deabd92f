// Which line says much the same: by the words that few other lines have. It only asks; nothing is counted by itself.

const COMMON = new Set(
  ("deze die dat dan daar door een elke geen haar hebben heeft het hier hoe hun ieder iets jullie kan kunnen maar meer " +
    "met mijn moet moeten naar niet nog ook onze over samen uit van veel voor want wat weer wel welke wie wil willen " +
    "word wordt worden zijn zou zich zelf zij altijd alleen als").split(" "),
);
const ENOUGH = 0.5; // of the weight of the lighter of the two lines

// The beginnings of the words that say something: «kinderen» and «kinderopvang» begin alike, «school» and «scholen» too.
const stemsOf = (words) => {
  const found = words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").match(/\p{L}{4,}/gu) ?? [];
  return new Set(found.filter((word) => !COMMON.has(word)).map((word) => word.slice(0, 5).replace(/(.)\1+/g, "$1")));
};

// The line of `lines` ({ number, words }) that is most alike, or undefined.
const mostAlike = (words, lines) => {
  const typed = stemsOf(words);
  if (typed.size < 2) return undefined;
  const each = lines.map((line) => ({ line, stems: stemsOf(line.words) }));
  const often = new Map();
  for (const { stems } of each) for (const stem of stems) often.set(stem, (often.get(stem) ?? 0) + 1);
  const weight = (stem) => Math.log(1 + (lines.length + 1) / (1 + (often.get(stem) ?? 0)));
  const sum = (stems) => [...stems].reduce((total, stem) => total + weight(stem), 0);
  let best = { score: ENOUGH };
  for (const { line, stems } of each) {
    const shared = [...typed].filter((stem) => stems.has(stem));
    if (shared.length < 2) continue;
    const score = sum(shared) / Math.min(sum(typed), sum(stems));
    if (score >= best.score) best = { score, line };
  }
  return best.line;
};
