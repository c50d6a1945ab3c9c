// Sliders say where they stand while they are moved, and which of them stand elsewhere than the case has them.
const form = document.querySelector("[data-sliders]");

function say(slider) {
  const field = slider.closest(".slider");
  field.querySelector("output").textContent = slider.value;
  field.classList.toggle("off-case", Number(slider.value) !== Number(field.dataset.case));
}

if (form) {
  form.addEventListener("input", (event) => say(event.target));
  // A browser that kept a form's fields over a reload would show sliders that the address knows nothing of.
  form.reset();
  for (const slider of form.querySelectorAll("input[type=range]")) say(slider);
}
