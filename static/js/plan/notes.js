// What the page with the notes of an evening loads besides site.js.
// @import "notes/prefixes.js";
// @import "notes/likeness.js";
// @import "notes/waiting.js";
// @import "notes/photos.js";
// @import "notes/lines.js";
// @import "notes/typing.js";
// @import "notes/paper.js";
