// What every page of the back office loads.
// @import "keys.js";
// @import "counting.js";
// @import "webkit.js";
// @import "leaving.js";
