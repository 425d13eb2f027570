// Draws the charts: in the colours of the screen or of paper, as large as there is room.
"use strict";
(() => {
  const root = document.documentElement;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const charts = [...document.querySelectorAll(".chart")];
  const textOf = (id) => document.getElementById(id).textContent;
  const darkByLight = JSON.parse(textOf("palette"));
  const locale = JSON.parse(textOf("locale"));
  if (charts.length) Plotly.register({ moduleType: "locale", dictionary: {}, ...locale });
  let printing = false;

  function draw(chart) {
    const light = textOf(chart.dataset.figure);
    const dark = night.matches && !printing;
    const text = dark ? light.replace(/#[0-9a-f]{6}/g, (colour) => darkByLight[colour] ?? colour) : light;
    const { data, layout } = JSON.parse(text);
    chart.querySelector("noscript")?.remove();
    Object.assign(layout, { width: chart.clientWidth, height: chart.clientHeight });
    if (printing) layout.font.size = 10;
    Plotly.react(chart, data, layout, { displayModeBar: false, doubleClick: false, locale: locale.name });
  }

  const drawAll = () => charts.forEach(draw);

  // One after the other, so that the first is there at once.
  function begin(waiting) {
    if (waiting.length === 0) {
      root.dataset.drawn = Math.round(performance.now());
      return;
    }
    draw(waiting[0]);
    setTimeout(begin, 0, waiting.slice(1));
  }

  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return; // a phone's address bar comes and goes
    width = innerWidth;
    requestAnimationFrame(drawAll);
  });
  night.addEventListener("change", drawAll);

  // Paper has a width of its own, is white, and unfolds nothing by itself.
  const short = [...document.querySelectorAll("details.short:not([open])")];
  function paper(on) {
    printing = on;
    root.classList.toggle("printing", on);
    for (const details of short) details.open = on;
    drawAll();
  }
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));

  begin(charts);
})();
