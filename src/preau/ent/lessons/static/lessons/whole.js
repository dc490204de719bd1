// A small picture touched is seen whole above its page, which stays there; touched again, or « Retour », it goes. Without
// this module, the picture is a page of its own.
const large = document.querySelector("dialog.whole");
const image = large.querySelector("img");
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-whole]");
  if (!link || !large.showModal) return;
  event.preventDefault();
  image.src = link.href;
  image.alt = link.querySelector("img").alt;
  large.showModal();
});
image.addEventListener("click", () => large.close());
large.addEventListener("close", () => image.removeAttribute("src"));
