// A link such as /mission#gap, from where the part is not known, leads on to the tab of that part.
const named = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
const tab = named?.closest(".tabs") && named.querySelector("a:not([aria-current])");
if (tab) location.replace(tab.href);
