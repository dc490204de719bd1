// Sent for nobody, a page would come back without its photos, its drawing and its voice: the browser asks first.
for (const form of document.querySelectorAll("form[data-nobody]")) {
  const boxes = [...form.querySelectorAll("[name=children], [name=everyone]")];
  const first = form.querySelector("[name=children]");
  const weigh = () => first?.setCustomValidity(boxes.some((box) => box.checked) ? "" : form.dataset.nobody);
  form.addEventListener("change", weigh);
  weigh();
}
