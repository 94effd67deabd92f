// What every page loads, in this order: they share their names. Nothing loads this file as it stands: collectstatic puts
// the files in their place, and without it the tag `scripts` names each (werkplaats/web/joining.py).
// @import "../vendor/htmx-4.0.1.min.js";
// @import "saying.js";
// @import "sending.js";
// @import "second_tap.js";
// @import "keys.js";
// @import "focus.js";
// @import "posts/answer_box.js";
// @import "posts/thumbs.js";
// @import "news.js";
// @import "sharing.js";
// @import "search.js";
// @import "drafts.js";
// @import "pictures.js";
// @import "presses.js";
// @import "arrived.js";
// @import "webkit.js";
// @import "title.js";
// @import "counting.js";
// @import "back.js";
