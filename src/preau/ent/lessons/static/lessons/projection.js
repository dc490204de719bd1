// A black wall by one key, or one touch; the same puts it back.
const black = document.querySelector("[data-black]");
const button = document.querySelector("[data-blacken]");
const turn = () => {
  black.hidden = !black.hidden;
  button.ariaPressed = String(!black.hidden);
};
button.hidden = false;
button.addEventListener("click", turn);
black.addEventListener("click", turn);
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "b" || event.key === ".") turn();
});
