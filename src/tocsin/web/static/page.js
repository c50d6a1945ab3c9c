// What pages gain where scripts run: every page works without.
const csrf = document.body.dataset.csrf;
if (csrf) {
  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["X-CSRF-Token"] = csrf;
  });
}

// A slider that moves a list of months: the list is what the form sends.
for (const slider of document.querySelectorAll("input[type=range][data-slides]")) {
  const list = document.getElementById(slider.dataset.slides);
  const say = () => { slider.setAttribute("aria-valuetext", list.selectedOptions[0].textContent); };
  slider.closest(".field").hidden = false;
  slider.addEventListener("input", () => {
    list.selectedIndex = Number(slider.value);
    say();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  slider.addEventListener("change", (event) => { event.stopPropagation(); });
  list.addEventListener("change", () => { slider.value = String(list.selectedIndex); say(); });
}

// Keys of a page that decides: each presses what carries it, never while somebody writes, and they can be switched off.
const keysSwitch = document.querySelector("[data-keys-switch]");
if (keysSwitch) {
  keysSwitch.checked = localStorage.getItem("keys") !== "off";
  keysSwitch.addEventListener("change", () => localStorage.setItem("keys", keysSwitch.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (!keysSwitch.checked || writing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const part = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (!part) return;
    event.preventDefault();
    if (part.matches("details")) {
      part.open = true;
      part.querySelector("textarea, select, input:not([type=hidden])").focus();
    } else if (part.matches("select")) part.focus();
    else part.click();
  });
}

// A sentence that stays in place says to screen readers what a swapped part leads with.
document.addEventListener("htmx:after:swap", () => {
  for (const telling of document.querySelectorAll("[data-tells]")) {
    telling.textContent = document.querySelector(telling.dataset.tells)?.textContent ?? "";
  }
});
