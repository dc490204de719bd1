// A page is sent only once the line is there: where it is cut, what is written, drawn and recorded stays on the page.
for (const form of document.querySelectorAll("form[data-line]")) {
  const told = document.createElement("p");
  told.className = "problem";
  told.setAttribute("role", "alert");
  told.hidden = true;
  told.textContent = form.dataset.line;
  form.append(told);
  let isSure = false;
  form.addEventListener("submit", async (event) => {
    if (isSure) return;
    event.preventDefault();
    const { submitter } = event;
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    told.hidden = answer !== null;
    if (answer === null) return;
    isSure = true;
    form.requestSubmit(submitter);
    isSure = false;
  });
}
