// Small ways to make elements. Every text goes in as a text node; markup is never parsed.

/**
 * An element with attributes and children. `on…` keys are listeners, `true` sets an empty
 * attribute, `false`, `null` and `undefined` leave it out. Strings become text nodes.
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  put(made, children);
  return made;
}

/** Adds children, flattening arrays and leaving out what is empty. */
export function put(parent, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return parent;
}

/** A line icon of our own, drawn from path data; it never carries meaning alone. */
export function icon(name) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("aria-hidden", "true");
  made.setAttribute("class", "icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  made.append(path);
  return made;
}

const SHAPES = {
  menu: "M4 7h16M4 12h16M4 17h16",
  tools: "M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.5v5M8.5 14.5v5",
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M12.5 6l6 6-6 6",
  slash: "M15 4L9 20",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M19.5 14.2A8 8 0 119.8 4.5a6.5 6.5 0 009.7 9.7z",
  auto: "M12 4a8 8 0 100 16 8 8 0 000-16zm0 0v16m2-14.5v13m2.5-11v9",
  calendar: "M5 6.5h14v13H5zM5 10.5h14M9 4v4m6-4v4",
  up: "M12 19V6m-6 6l6-6 6 6",
  down: "M12 5v13m-6-6l6 6 6-6",
  plus: "M12 5v14M5 12h14",
  trash: "M5 7h14M10 4h4M7 7l1 13h8l1-13",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  look: "M12 5v8m0 4v1.5",
  bell: "M6 17h12l-1.5-2.5V10a4.5 4.5 0 00-9 0v4.5zM10.5 20h3",
  chat: "M5 5h14v11H10l-5 4z",
  hash: "M9.5 4l-2 16m9-16l-2 16M4.5 9h16m-17 6h16",
  inbox: "M4 13l3-8h10l3 8v6H4zm0 0h5l1.5 2.5h3L15 13h5",
};
