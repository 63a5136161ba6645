// What the pages do beyond links and forms; all of them work without it.
"use strict";

// A chosen statement stands in the middle of the window, not at its edge.
const said = document.getElementById("said");
if (said) said.scrollIntoView({ block: "center" });
const current = document.querySelector("aside .current");
if (current) current.scrollIntoView({ block: "nearest" });
