// Dragging a school only fills its « nouveau rang » and opens its form: the reason is still asked, by hand.
"use strict";
const list = document.querySelector("[data-movable]");
let dragged = null;
if (list) {
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over) return;
    event.preventDefault();
    for (const item of list.children) item.toggleAttribute("data-over", item === over);
  });
  list.addEventListener("drop", (event) => {
    const over = event.target.closest("li");
    event.preventDefault();
    for (const item of list.children) item.removeAttribute("data-over");
    if (!dragged || !over || dragged === over) return;
    dragged.querySelector("details").open = true;
    dragged.querySelector("[name=rank]").value = over.dataset.rank;
    const reason = dragged.querySelector("[name=reason]");
    reason.value = "";
    reason.focus();
  });
}
