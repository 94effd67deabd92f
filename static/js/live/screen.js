// The screen in front of a room, in this order: they share their names. See static/js/site.js for how this file is read.
// @import "following.js";
// @import "screen/time.js";
// @import "screen/fitting.js";
// @import "screen/voices.js";
// @import "screen/stage.js";
// @import "screen/keys.js";
