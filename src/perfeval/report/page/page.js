"use strict";
(function () {
  var form = document.getElementById("filter");
  var cards = Array.prototype.slice.call(document.querySelectorAll(".cards > .card"));
  var sections = Array.prototype.slice.call(document.querySelectorAll("section.table"));
  var output = form.querySelector("output");
  var boxes = Array.prototype.slice.call(form.querySelectorAll("input[type=checkbox]"));
  var texts = cards.map(function (card) { return card.textContent.toLowerCase(); });

  function wanted() {
    return {
      q: form.elements.q.value.trim().toLowerCase(),
      severity: boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; }),
      kind: form.elements["class"].value
    };
  }

  function filter() {
    var want = wanted();
    var words = want.q.split(/\s+/);
    var active = Boolean(want.q || want.kind || want.severity.length < boxes.length);
    var shown = 0;
    cards.forEach(function (card, at) {
      var fits = want.severity.indexOf(card.dataset.severity) >= 0 &&
        (!want.kind || card.dataset["class"] === want.kind) &&
        words.every(function (word) { return texts[at].indexOf(word) >= 0; });
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    sections.forEach(function (section) {
      section.hidden = active && !section.querySelector(".cards > .card:not([hidden])");
    });
    document.body.classList.toggle("filtering", active);
    document.getElementById("none").hidden = shown > 0 || !active;
    output.textContent = output.dataset.text.replace("{shown}", shown).replace("{all}", cards.length);
    return active;
  }

  function remember() {
    var want = wanted();
    var active = filter();
    var parts = new URLSearchParams();
    if (want.q) { parts.set("q", want.q); }
    if (want.severity.length < boxes.length) { parts.set("severity", want.severity.join(",")); }
    if (want.kind) { parts.set("class", want.kind); }
    history.replaceState(null, "", active ? "#" + parts : "#findings");
  }

  function follow() {
    var fragment = location.hash.slice(1);
    if (fragment.indexOf("=") >= 0) {
      var parts = new URLSearchParams(fragment);
      form.elements.q.value = parts.get("q") || "";
      form.elements["class"].value = parts.get("class") || "";
      boxes.forEach(function (box) {
        box.checked = !parts.has("severity") || parts.get("severity").split(",").indexOf(box.value) >= 0;
      });
      filter();
      return;
    }
    var target = fragment && document.getElementById(fragment);
    if (target && target.getClientRects().length === 0) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
  }

  form.hidden = false;
  form.addEventListener("input", remember);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(remember, 0); });
  window.addEventListener("hashchange", follow);
  filter();
  follow();
})();
