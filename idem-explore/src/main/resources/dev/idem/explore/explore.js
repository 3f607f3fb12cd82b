"use strict";

// The page of the explorer: draws, degrades and interpolates, and asks the server for f, f² and f³.

const NAMES = ["x", "f(x)", "f²(x)", "f³(x)"];
const element = id => document.getElementById(id);
const canvas = element("drawing");
const pen = canvas.getContext("2d", { willReadFrequently: true });

let models = [];
let exact = null; // pixels for each model of an image that was not drawn here
let untouched = true; // whether the canvas shows the digit of the start, which a drawing replaces
let degradationSeed = 1;
let seeds = [1, 2];

function report(problem) {
  element("problem").textContent = problem;
  element("problem").hidden = !problem;
}

async function ask(path, body, type) {
  let answer;
  try {
    answer = await fetch(path, body === undefined ? {} : {
      method: "POST", headers: { "Content-Type": type }, body
    });
  } catch {
    throw new Error("The explorer does not answer; is 'idem explore' still running?");
  }
  let content;
  try {
    content = await answer.json();
  } catch {
    throw new Error(`The explorer is too busy (${answer.status}); try again.`);
  }
  if (!answer.ok) {
    throw new Error(content.error);
  }
  return content;
}

const post = (path, content) => ask(path, JSON.stringify(content), "application/json");

// Runs the newest request once the one in progress has ended, and none in between.
function latest(work) {
  let running = false;
  let wanted = false;
  return async () => {
    wanted = true;
    if (running) {
      return;
    }
    running = true;
    while (wanted) {
      wanted = false;
      try {
        await work();
        report("");
      } catch (failure) {
        report(failure.message);
      }
    }
    running = false;
  };
}

// Results

function addModels(container, names) {
  return models.map(model => {
    const box = document.createElement("div");
    box.className = "model";
    const title = document.createElement("h3");
    title.textContent = model.name;
    const network = document.createElement("p");
    network.className = "hint network";
    network.textContent = model.network;
    const row = document.createElement("div");
    row.className = "iterates";
    const shown = names.map(name => {
      const figure = document.createElement("figure");
      const image = document.createElement("img");
      image.alt = name;
      image.hidden = true;
      const caption = document.createElement("figcaption");
      caption.textContent = name;
      const moved = document.createElement("span");
      moved.className = "moved";
      caption.append(moved);
      figure.append(image, caption);
      row.append(figure);
      return { image, moved };
    });
    box.append(title, network, row);
    element(container).append(box);
    return shown;
  });
}

function show(shown, iterates) {
  iterates.images.forEach((source, i) => {
    shown[i].image.src = source;
    shown[i].image.hidden = false;
    if (i > 0) {
      const moved = iterates.moved[i - 1];
      shown[i].moved.textContent =
        `moved ${moved === 0 || moved >= 0.001 ? moved.toFixed(3) : moved.toExponential(0)}`;
    }
  });
}

// The image to project

// The drawing's ink: where it is, and its centre of mass.
function ink() {
  const { width, height } = canvas;
  const data = pen.getImageData(0, 0, width, height).data;
  let left = width, right = -1, top = height, bottom = -1, mass = 0, x0 = 0, y0 = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const luma = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
      if (luma > 25) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
      mass += luma;
      x0 += luma * x;
      y0 += luma * y;
    }
  }
  return right < 0 ? null : { size: Math.max(right - left, bottom - top) + 1, x: x0 / mass, y: y0 / mass };
}

function encode(bytes) {
  let text = "";
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  }
  return btoa(text);
}

const isDigits = model => model.shape.join() === "28,28,1";

// The drawing in a model's size; of digits, the larger side 20 pixels long and the mass in the centre.
function drawn(model) {
  const [height, width, channels] = model.shape;
  const small = new OffscreenCanvas(width, height);
  const context = small.getContext("2d");
  context.fillStyle = "black";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  const found = isDigits(model) && element("centre").checked ? ink() : null;
  if (found) {
    const scale = 20 / found.size;
    context.drawImage(canvas, width / 2 - found.x * scale, height / 2 - found.y * scale,
      canvas.width * scale, canvas.height * scale);
  } else {
    context.drawImage(canvas, 0, 0, width, height);
  }
  const data = context.getImageData(0, 0, width, height).data;
  const bytes = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red, green, blue] = data.subarray(4 * pixel, 4 * pixel + 3);
    if (channels === 1) {
      bytes[pixel] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    } else {
      bytes.set([red, green, blue], 3 * pixel);
    }
  }
  return encode(bytes);
}

function clear() {
  pen.fillStyle = "black";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  exact = null;
  untouched = false;
}

// Shows pixels of a model on the canvas, where they may be drawn over.
function paint(pixels, [height, width, channels]) {
  const bytes = Uint8Array.from(atob(pixels), letter => letter.charCodeAt(0));
  const image = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      image.data[4 * pixel + c] = bytes[pixel * channels + (channels === 1 ? 0 : c)];
    }
    image.data[4 * pixel + 3] = 255;
  }
  const small = new OffscreenCanvas(width, height);
  small.getContext("2d").putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(small, 0, 0, canvas.width, canvas.height);
}

function use(images) {
  untouched = false;
  exact = images.map(image => image.pixels);
  paint(exact[0], models[0].shape);
  project();
}

async function useExample(index) {
  use(await Promise.all(models.map((model, i) => ask(`/models/${i}/example/${index}`))));
}

async function useFile(file) {
  if (!file) {
    return;
  }
  try {
    const type = file.type.startsWith("image/") ? file.type : "image/unknown";
    use(await Promise.all(models.map((model, i) => ask(`/models/${i}/fit`, file, type))));
  } catch (failure) {
    report(failure.message);
  }
}

let project = () => {};
let interpolate = () => {};

// Input

function followPen() {
  let last = null;
  const at = event => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width,
      (event.clientY - box.top) * canvas.height / box.height];
  };
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    if (untouched) {
      clear();
    }
    exact = null;
    last = at(event);
    stroke(last, last);
  });
  canvas.addEventListener("pointermove", event => {
    if (last) {
      const next = at(event);
      stroke(last, next);
      last = next;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => { last = null; });
  }
}

function stroke(from, to) {
  pen.strokeStyle = "white";
  pen.lineWidth = 22;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
  project();
}

function chosenDegradation() {
  const name = element("degradation").value;
  return models[0].degradations.find(one => one.name === name);
}

function showAmount() {
  const value = Number(element("amount").value);
  element("amount-value").textContent = value.toFixed(2);
}

function degradationChanged() {
  const chosen = chosenDegradation();
  const adjustable = chosen !== undefined && chosen.most > chosen.least;
  element("amount-option").hidden = !adjustable;
  element("again").hidden = chosen === undefined;
  if (adjustable) {
    element("amount-label").textContent = chosen.label;
    element("amount").min = chosen.least;
    element("amount").max = chosen.most;
    element("amount").value = chosen.usual;
    showAmount();
  }
  project();
}

function listen() {
  followPen();
  element("clear").addEventListener("click", () => { clear(); project(); });
  element("centre").addEventListener("change", () => project());
  element("degradation").addEventListener("change", degradationChanged);
  element("amount").addEventListener("input", () => { showAmount(); project(); });
  element("again").addEventListener("click", () => { degradationSeed++; project(); });
  element("open").addEventListener("click", () => element("file").click());
  element("file").addEventListener("change", event => {
    useFile(event.target.files[0]);
    event.target.value = "";
  });
  element("example").addEventListener("click", async () => {
    try {
      await useExample(Math.floor(Math.random() * models[0].examples));
    } catch (failure) {
      report(failure.message);
    }
  });
  for (const over of ["dragenter", "dragover"]) {
    canvas.addEventListener(over, event => { event.preventDefault(); canvas.classList.add("over"); });
  }
  for (const out of ["dragleave", "drop"]) {
    canvas.addEventListener(out, event => { event.preventDefault(); canvas.classList.remove("over"); });
  }
  canvas.addEventListener("drop", event => useFile(event.dataTransfer.files[0]));
  element("between").addEventListener("input", () => interpolate());
  element("noises").addEventListener("click", () => {
    seeds = seeds.map(() => Math.floor(Math.random() * 1e6));
    interpolate();
  });
}

async function start() {
  models = await ask("/models");
  const first = models[0].shape;
  canvas.height = Math.round(canvas.width * first[0] / first[1]);
  canvas.style.height = `${canvas.height}px`;
  element("centre-option").hidden = !models.some(isDigits);
  const examples = models.every(model => model.examples > 0);
  element("example").hidden = !examples;
  const common = models[0].degradations.filter(one =>
    models.every(model => model.degradations.some(other => other.name === one.name)));
  common.forEach(one => element("degradation").append(new Option(one.name, one.name)));

  const projections = addModels("projections", NAMES);
  const interpolations = addModels("interpolations", NAMES.map(name => name.replace("x", "z")));
  project = latest(async () => {
    const chosen = chosenDegradation();
    const amount = Number(element("amount").value);
    await Promise.all(models.map(async (model, i) => show(projections[i],
      await post(`/models/${i}/project`, {
        pixels: exact ? exact[i] : drawn(model),
        degradation: chosen ? chosen.name : null,
        amount: chosen && chosen.most === chosen.least ? chosen.usual : amount,
        seed: degradationSeed
      }))));
  });
  interpolate = latest(async () => {
    const t = Number(element("between").value);
    element("between-value").textContent = t.toFixed(2);
    element("seeds").textContent = seeds.join(" and ");
    await Promise.all(models.map(async (model, i) => show(interpolations[i],
      await post(`/models/${i}/interpolate`, { from: seeds[0], to: seeds[1], t }))));
  });
  clear();
  listen();
  interpolate();
  if (examples) {
    await useExample(0);
    untouched = true;
  } else {
    project();
  }
}

start().catch(failure => report(failure.message));
