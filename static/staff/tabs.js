// Turns the fieldsets of one text in several languages into tabs (WAI-ARIA tabs pattern).
// Without this script they stand one below another and work just as well.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const panels = [...document.querySelectorAll("fieldset.language-tab")];
  if (panels.length < 2) return;

  const list = document.createElement("div");
  list.className = "language-tabs";
  list.setAttribute("role", "tablist");

  const codeOf = (panel) => [...panel.classList].find((name) => /^language-(?!tab)/.test(name))?.slice(9);
  const texts = (panel) => [...panel.querySelectorAll("input, textarea")];

  const tabs = panels.map((panel, number) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `language-tab-${number}`;
    tab.textContent = panel.querySelector(".fieldset-heading, h2").textContent.trim();
    tab.lang = codeOf(panel);
    tab.setAttribute("role", "tab");
    panel.id ||= `language-panel-${number}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.classList.add("has-tabs");
    tab.setAttribute("aria-controls", panel.id);
    tab.classList.toggle("has-errors", Boolean(panel.querySelector(".errors, .errorlist")));
    const mark = () => tab.classList.toggle("is-empty", texts(panel).every((field) => !field.value.trim()));
    panel.addEventListener("input", mark);
    mark();
    tab.addEventListener("click", () => choose(number));
    list.append(tab);
    return tab;
  });

  function choose(chosen) {
    tabs.forEach((tab, number) => {
      tab.setAttribute("aria-selected", String(number === chosen));
      tab.tabIndex = number === chosen ? 0 : -1;
      panels[number].hidden = number !== chosen;
    });
  }

  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length;
    choose(next);
    tabs[next].focus();
    event.preventDefault();
  });

  // A field the browser finds wrong must be seen, whichever tab it is in.
  document.addEventListener("invalid", (event) => {
    const number = panels.findIndex((panel) => panel.contains(event.target));
    if (number >= 0) choose(number);
  }, true);

  panels[0].before(list);
  const original = document.querySelector("#id_original_language")?.value ?? document.documentElement.lang;
  const first = [tabs.findIndex((tab) => tab.classList.contains("has-errors")), panels.findIndex((panel) => codeOf(panel) === original), 0];
  choose(first.find((number) => number >= 0));
});
