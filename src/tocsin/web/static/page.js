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
