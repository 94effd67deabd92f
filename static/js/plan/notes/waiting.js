// What was typed and has not arrived yet is kept on this device, of one evening and one person. Uses drafts.js.

// A number of 128 bits as a UUID. crypto.randomUUID is not there without https.
const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

// Things with a key, in the order in which they came. A browser that keeps nothing has them until the page is left.
class Waiting {
  constructor(name) {
    this.name = name;
    this.items = new Map();
    this.isKept = true;
    const found = device((storage) =>
      Object.keys(storage)
        .filter((key) => key.startsWith(name))
        .map((key) => JSON.parse(storage.getItem(key))),
    );
    for (const item of (found ?? []).sort((one, other) => one.order - other.order)) this.items.set(item.key, item);
  }

  get all() {
    return [...this.items.values()];
  }

  add(item) {
    const order = Math.max(0, ...this.all.map((each) => each.order)) + 1;
    const kept = { ...item, order };
    this.items.set(item.key, kept);
    this.isKept = device((storage) => storage.setItem(this.name + item.key, JSON.stringify(kept)) ?? true) ?? false;
    return kept;
  }

  drop(key) {
    this.items.delete(key);
    device((storage) => storage.removeItem(this.name + key));
  }
}
