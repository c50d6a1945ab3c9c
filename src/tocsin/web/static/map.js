// The map of warnings that moves: drawn from our own outlines, with a worker of our own, where WebGL is there.
// Where it is not, the SVG that the page came with stays. `document.body.dataset.map` says which: ready or failed.
const WORKER = new URL("./vendor/maplibre-gl-worker.mjs", import.meta.url).href;
const LIBRARY = new URL("./vendor/maplibre-gl.mjs", import.meta.url).href;
const INK = "#1b242d", BORDER = "#98a1a9", HATCH_PAPER = [243, 244, 246, 255];
const state = (word) => { document.body.dataset.map = word; };

function canDraw() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

/** A tile of thin strokes: what is unknown is hatched, as on paper. */
function hatch() {
  const size = 12, data = new Uint8ClampedArray(4 * size * size);
  const stroke = [0x9a, 0xa3, 0xac, 255];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) data.set((x + y) % size < 2 ? stroke : HATCH_PAPER, 4 * (y * size + x));
  }
  return { width: size, height: size, data };
}

function withValues(outlines, said) {
  for (const feature of outlines.features) {
    const value = said.areas[feature.properties.area_id];
    Object.assign(feature.properties, value
      ? { known: true, colour: said.colours[value.step], alerted: value.rank !== null }
      : { known: false, alerted: false });
  }
  return outlines;
}

function bounds(outlines) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (point) => {
    if (typeof point[0] !== "number") { point.forEach(visit); return; }
    box[0] = Math.min(box[0], point[0]); box[1] = Math.min(box[1], point[1]);
    box[2] = Math.max(box[2], point[0]); box[3] = Math.max(box[3], point[1]);
  };
  outlines.features.forEach((feature) => visit(feature.geometry.coordinates));
  return box;
}

function style(outlines) {
  const source = "areas";
  return {
    version: 8,
    sources: { areas: { type: "geojson", data: outlines, promoteId: "area_id" } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f6f7f8" } },
      { id: "known", type: "fill", source, filter: ["get", "known"], paint: { "fill-color": ["get", "colour"], "fill-antialias": true } },
      { id: "borders", type: "line", source, paint: { "line-color": BORDER, "line-width": 0.7 } },
      { id: "alerted", type: "line", source, filter: ["get", "alerted"], paint: { "line-color": INK, "line-width": 2 } },
      {
        id: "pointed", type: "line", source,
        paint: { "line-color": "#0b4a82", "line-width": ["case", ["boolean", ["feature-state", "pointed"], false], 3, 0] },
      },
    ],
  };
}

function sign(rank, name) {
  const element = document.createElement("span");
  element.className = "map-sign";
  element.textContent = name ? `${rank} ${name}` : `${rank}`;
  element.setAttribute("aria-hidden", "true");
  return element;
}

async function draw(place) {
  const said = JSON.parse(document.getElementById(place.dataset.values).textContent);
  const [library, answer] = await Promise.all([import(LIBRARY), fetch(place.dataset.outlines)]);
  if (!answer.ok) throw new Error(`outlines: ${answer.status}`);
  const outlines = withValues(await answer.json(), said);
  library.setWorkerUrl(WORKER);
  place.hidden = false;
  const [west, south, east, north] = said.world ? [-125, -42, 155, 62] : bounds(outlines);
  const map = new library.Map({
    container: place, style: style(outlines), bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 14 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: true,
    renderWorldCopies: false, maxZoom: said.world ? 7 : 9, fadeDuration: 0,
    locale: { "Map.Title": `Map that moves: ${place.dataset.title}` },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  const told = new library.Popup({ closeButton: false, closeOnClick: false, className: "map-told" });
  let pointed = null;
  const point = (area, at) => {
    if (pointed) map.setFeatureState({ source: "areas", id: pointed }, { pointed: false });
    pointed = area;
    if (!area) { told.remove(); return; }
    map.setFeatureState({ source: "areas", id: area }, { pointed: true });
    const value = said.areas[area];
    const name = value?.name ?? outlines.features.find((f) => f.properties.area_id === area)?.properties.name ?? area;
    const where = at ?? value?.middle;
    if (where) told.setLngLat(where).setText(`${name}: ${value?.says ?? "unknown, no series"}`).addTo(map);
  };
  map.on("error", (event) => { console.warn("map", event.error?.message); });
  map.on("load", () => {
    map.addImage("hatch", hatch(), { pixelRatio: 2 });
    map.addLayer({ id: "unknown", type: "fill", source: "areas", filter: ["!", ["get", "known"]], paint: { "fill-pattern": "hatch" } }, "borders");
    for (const value of Object.values(said.areas)) {
      if (value.rank === null || !value.middle) continue;
      new library.Marker({ element: sign(value.rank, said.world ? "" : value.name) }).setLngLat(value.middle).addTo(map);
    }
    for (const layer of ["known", "unknown"]) {
      map.on("mousemove", layer, (event) => {
        map.getCanvas().style.cursor = said.areas[event.features[0].id ?? event.features[0].properties.area_id] ? "pointer" : "";
        point(event.features[0].properties.area_id, event.lngLat);
      });
      map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; point(null); });
    }
    map.on("click", "known", (event) => { location.href = said.areas[event.features[0].properties.area_id].url; });
    for (const link of document.querySelectorAll("a[data-area]")) {
      link.addEventListener("focus", () => point(link.dataset.area));
      link.addEventListener("mouseenter", () => point(link.dataset.area));
      for (const gone of ["blur", "mouseleave"]) link.addEventListener(gone, () => point(null));
    }
    map.once("idle", () => {
      const figure = place.closest("figure");
      figure.querySelector(".map-still").classList.add("on-paper-only");
      for (const part of figure.querySelectorAll(".legend, .moves")) part.hidden = false;
      state("ready");
    });
  });
}

const place = document.querySelector(".map[data-outlines]");
if (place && !canDraw()) {
  state("failed");
} else if (place) {
  draw(place).catch((error) => {
    console.warn("map", error.message);
    place.hidden = true;
    state("failed");
  });
}
