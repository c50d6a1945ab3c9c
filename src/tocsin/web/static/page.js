// What pages gain where scripts run: every page works without.
const csrf = document.body.dataset.csrf;
if (csrf) {
  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["X-CSRF-Token"] = csrf;
  });
}
